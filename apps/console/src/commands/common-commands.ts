/** Actions that people at a charger need, of all versions, in this order. */
export const COMMON_COMMANDS: readonly string[] = [
  'TriggerMessage',
  'Reset',
  'UnlockConnector',
  'ChangeAvailability',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'GetConfiguration',
  'ChangeConfiguration',
  'GetVariables',
  'SetVariables',
  'ClearCache',
  'ReserveNow',
  'CancelReservation',
];

/** Actions that only ask; all others are confirmed. */
const ASKING = /^Get|TriggerMessage$/;

export const changesSomething = (action: string): boolean => !ASKING.test(action);
