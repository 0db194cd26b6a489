import type { StationRequest } from '@roambridge/core';
import type { WireCall } from '../protocol.js';
import { toWire as toWire201 } from '../v201/commands.js';

/** Actions that a CSMS may send in OCPP 2.1 and not before (C-202). */
export const NEW_CALLS: readonly string[] = [
  'AFRRSignal',
  'AdjustPeriodicEventStream',
  'ChangeTransactionTariff',
  'ClearDERControl',
  'ClearTariffs',
  'GetDERControl',
  'GetPeriodicEventStream',
  'GetTariffs',
  'NotifyAllowedEnergyTransfer',
  'NotifyWebPaymentStarted',
  'RequestBatterySwap',
  'SetDERControl',
  'SetDefaultTariff',
  'UpdateDynamicSchedule',
  'UsePriorityCharging',
];

/** What core asks, in OCPP 2.1. */
export function toWire(request: StationRequest): WireCall | undefined {
  if (request.kind !== 'use-priority-charging') return toWire201(request);
  return {
    action: 'UsePriorityCharging',
    payload: { transactionId: request.ocppTransactionId, activate: request.activate },
  };
}
