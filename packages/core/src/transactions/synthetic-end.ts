import type { EpochMs, Transaction, TransactionEvent } from '@roambridge/domain';

/**
 * The end that is made for a transaction whose charger never told one: at its last evidence, for what nobody saw is
 * not billed (D3-042).
 */
export function syntheticEnd(transaction: Transaction, receivedAt: EpochMs): TransactionEvent {
  return {
    eventType: 'Ended',
    ocppTransactionId: transaction.ocppTransactionId,
    at: transaction.lastEventAt,
    receivedAt,
    offline: false,
    triggerReason: 'AbnormalCondition',
    stoppedReason: 'Other',
    meterValues: [],
  };
}
