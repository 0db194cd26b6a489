/** A transaction as the charger that metered it knows it: the ledger that the CDRs are held against. */
export interface Metered {
  charger: string;
  outlet: number;
  startWh: number;
  /** Absent while it runs. */
  endWh?: number;
  /** The charger's own, or the one that the gateway gave. */
  ocppId?: string;
}

export type MessageKind = 'start' | 'meter' | 'stop';

/** One fact about a transaction as the charger keeps it until it is acknowledged. */
export interface Message {
  kind: MessageKind;
  tx: Metered;
  /** Charger's clock, ISO 8601. */
  timestamp: string;
  registerWh: number;
  seqNo: number;
  offline: boolean;
  reason?: string;
}

/** How a protocol version writes what a charger has to tell. */
export interface Wording {
  protocol: string;
  boot(): [action: string, payload: object];
  status(outlet: number, occupied: boolean, timestamp: string): [action: string, payload: object];
  message(message: Message): [action: string, payload: object];
  /** The id that the answer to a start gives, where the gateway gives the ids. */
  givenId(payload: Record<string, unknown>): string | undefined;
  /** Answer to a call of the gateway; undefined = not supported. */
  answer(
    action: string,
    payload: Record<string, unknown>,
    queued: (ocppId: string) => boolean,
  ): object | undefined;
  reasons: { driver: readonly [string, ...string[]]; powerLoss: string; reset: string };
}

/** Every token is on the whitelist. */
export const CARD = '04A1B2C3D4E5F6';

export const WORDING_16: Wording = {
  protocol: 'ocpp1.6',
  boot: () => ['BootNotification', { chargePointVendor: 'Model', chargePointModel: 'M16' }],
  status: (outlet, occupied, timestamp) => [
    'StatusNotification',
    { connectorId: outlet, errorCode: 'NoError', status: occupied ? 'Charging' : 'Available', timestamp },
  ],
  message({ kind, tx, timestamp, registerWh, reason }) {
    const transactionId = Number(tx.ocppId);
    switch (kind) {
      case 'start':
        return [
          'StartTransaction',
          { connectorId: tx.outlet, idTag: CARD, meterStart: registerWh, timestamp },
        ];
      case 'meter':
        return [
          'MeterValues',
          {
            connectorId: tx.outlet,
            transactionId,
            meterValue: [{ timestamp, sampledValue: [{ value: String(registerWh) }] }],
          },
        ];
      case 'stop':
        return ['StopTransaction', { transactionId, meterStop: registerWh, timestamp, reason }];
    }
  },
  givenId: ({ transactionId }) => String(transactionId),
  answer: (action) => (action === 'TriggerMessage' ? { status: 'Rejected' } : undefined),
  reasons: { driver: ['Local', 'EVDisconnected', 'Remote'], powerLoss: 'PowerLoss', reset: 'SoftReset' },
};

export const WORDING_201: Wording = {
  protocol: 'ocpp2.0.1',
  boot: () => [
    'BootNotification',
    { reason: 'PowerUp', chargingStation: { vendorName: 'Model', model: 'M201' } },
  ],
  status: (outlet, occupied, timestamp) => [
    'StatusNotification',
    {
      timestamp,
      connectorStatus: occupied ? 'Occupied' : 'Available',
      evseId: outlet,
      connectorId: 1,
    },
  ],
  message({ kind, tx, timestamp, registerWh, seqNo, offline, reason }) {
    const context = { start: 'Transaction.Begin', meter: 'Sample.Periodic', stop: 'Transaction.End' }[kind];
    return [
      'TransactionEvent',
      {
        eventType: { start: 'Started', meter: 'Updated', stop: 'Ended' }[kind],
        triggerReason: { start: 'Authorized', meter: 'MeterValuePeriodic', stop: 'StopAuthorized' }[kind],
        timestamp,
        seqNo,
        ...(offline ? { offline } : {}),
        transactionInfo: {
          transactionId: tx.ocppId,
          ...(kind === 'start' ? { chargingState: 'Charging' } : {}),
          ...(reason === undefined ? {} : { stoppedReason: reason }),
        },
        ...(kind === 'start'
          ? { idToken: { idToken: CARD, type: 'ISO14443' }, evse: { id: tx.outlet, connectorId: 1 } }
          : {}),
        meterValue: [{ timestamp, sampledValue: [{ value: registerWh, context }] }],
      },
    ];
  },
  givenId: () => undefined,
  answer(action, { transactionId }, queued) {
    if (action === 'GetBaseReport') return { status: 'Accepted' };
    if (action === 'TriggerMessage') return { status: 'Rejected' };
    return action === 'GetTransactionStatus' ? { messagesInQueue: queued(String(transactionId)) } : undefined;
  },
  reasons: {
    driver: ['Local', 'EVDisconnected', 'Remote'],
    powerLoss: 'PowerLoss',
    reset: 'ImmediateReset',
  },
};
