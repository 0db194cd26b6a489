/** Status of a connector in the normalized (OCPP 2.x shaped) model. */
export type ConnectorStatus = 'Available' | 'Occupied' | 'Reserved' | 'Unavailable' | 'Faulted';

/** What the vehicle and the EVSE do in a transaction (OCPP 2.0.1 ChargingStateEnumType). */
export type ChargingState = 'Charging' | 'EVConnected' | 'SuspendedEV' | 'SuspendedEVSE' | 'Idle';
