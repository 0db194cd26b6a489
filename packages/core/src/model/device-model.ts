import type { EpochMs } from '@roambridge/domain';

/** What a charger is made of: a controller, an EVSE, a connector, a part of one of them. */
export interface DeviceComponent {
  name: string;
  instance?: string;
  evseId?: number;
  connectorId?: number;
}

export type DeviceAttributeType = 'Actual' | 'Target' | 'MinSet' | 'MaxSet';

/** One attribute of a variable and when the charger told it. `value` absent: it has none, or does not show it. */
export interface DeviceAttribute {
  type: DeviceAttributeType;
  value?: string;
  mutability?: 'ReadOnly' | 'WriteOnly' | 'ReadWrite';
  persistent?: boolean;
  constant?: boolean;
  at: EpochMs;
}

/** What values a variable can have, in the charger's words. */
export interface DeviceCharacteristics {
  dataType?: string;
  unit?: string;
  minLimit?: number;
  maxLimit?: number;
  valuesList?: string;
  supportsMonitoring?: boolean;
}

/** One variable of one component (C-023). */
export interface DeviceVariable {
  component: DeviceComponent;
  variable: { name: string; instance?: string };
  attributes: DeviceAttribute[];
  characteristics?: DeviceCharacteristics;
}

/** All that a charger told of itself, one document for each station. */
export interface DeviceModel {
  updatedAt: EpochMs;
  variables: DeviceVariable[];
}

/** Limits of one kind of message that a charger takes (C-005). */
export interface MessageLimit {
  items?: number;
  bytes?: number;
}

/** What the gateway acts by, taken out of the device model so that it is at hand. */
export interface DeviceFacts {
  /** By action, e.g. `GetVariables`. */
  messageLimits?: Record<string, MessageLimit>;
  /** After an absence longer than this it reports all its connectors by itself (D1-045). */
  offlineThresholdMs?: number;
  /** It shows drivers what a running transaction costs (C-090). */
  showsCost?: boolean;
  /** It takes reservations, or limits (D1-005). */
  reservationsEnabled?: boolean;
  smartChargingEnabled?: boolean;
  /** Its meters, as far as it told of them (D3-005, D3-023). */
  meters?: MeterFact[];
}

/** What a charger told of a meter; without an EVSE: of the one that it has. */
export interface MeterFact {
  evseId?: number;
  serialNumber?: string;
  publicKey?: string;
}
