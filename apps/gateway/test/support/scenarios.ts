/** The scenarios that the gateway is judged by. */
export const SCENARIOS: Record<string, string> = {
  G01: 'cold boot',
  G02: 'RFID on the whitelist, a full session with parking',
  G03: 'token NEVER, allowed in real time with a reference',
  G04: 'refused in real time, every AllowedType',
  G05: 'partner unreachable',
  G06: 'unknown token',
  G07: 'START_SESSION for an app user, remote first',
  G08: 'START_SESSION with a card leaves the card usable',
  G09: 'START_SESSION refused by the station',
  G10: 'TIMEOUT, then a late start',
  G11: 'StartTransaction before the answer to RemoteStart',
  G12: 'accepted, but never plugged in',
  G13: 'STOP_SESSION',
  G14: 'STOP_SESSION unknown, foreign, finished',
  G15: 'duplicate StartTransaction',
  G16: 'MeterValues without or with a wrong transactionId',
  G17: 'lost answer to StartTransaction, StopTransaction -1',
  G18: 'pipelined start and stop',
  G19: 'offline session upload',
  G20: '2.0.1 out of order and with a gap',
  G21: 'units and formats',
  G22: 'register faults',
  G23: 'power loss',
  G24: 'orphan, synthetic end, real stop later',
  G25: 'fault during a session',
  G26: 'connection loss without a transaction',
  G27: 'flapping',
  G28: 'RESERVE_NOW, used',
  G29: 'reservation ends unused',
  G30: 'UNLOCK_CONNECTOR',
  G31: 'charging profile',
  G32: 'signed meter values',
  G33: '2.0.1 start points',
  G34: 'stop by a member of the group',
  G35: 'offline start with a blocked token',
  G36: 'zero energy',
  G37: '2.0.1 two connectors on one EVSE',
  G38: 'duplicate connection',
  G39: 'clock of 1970',
  G40: 'crash consistency',
  G41: 'invalid payloads',
  G42: 'token push to the local list',
  G43: 'two partners, one uid',
  G44: 'PATCH fails with an unknown object',
  G45: 'plug and charge, eMAID',
  G46: '2.1 stream',
};

/** Scenarios that no vector can play: the tests that do, by file and title. */
export const SHOWN_ELSEWHERE: Record<string, { file: string; titles: string[] }> = {
  G40: {
    file: 'kill.test.ts',
    titles: [
      'in the middle of a session: the charger comes back and the session is billed once, whole (C1, C3, R1)',
      'while the end of a transaction is on its way: stored or not, it comes again and is billed once (C1, D3-050)',
      'after the end of a transaction was answered and before its CDR was sent (C3, C4)',
      'after a CDR was posted and before its answer was kept: it is posted again under the same id (C4, D3-031)',
    ],
  },
};

/** Scenarios of what is not built, and why. */
export const NOT_BUILT: Record<string, string> = {
  G46: 'streams are a message type of OCPP 2.1, which is not negotiated; "stream-of-2.1" shows what 1.6 and 2.0.1 make of it',
};
