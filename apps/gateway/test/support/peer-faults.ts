import { type Shown, shownBy as test, vector } from './shown.js';

export interface PeerFault {
  fault: string;
  shown: Shown[];
}

/** What other implementations of this translation are known to get wrong, and what shows that this one does not. */
export const PEER_FAULTS: Record<string, PeerFault> = {
  'E-01': {
    fault: 'auth_method is always WHITELIST, the reference is always null and overwrites the real one',
    shown: [vector('G07'), vector('G03'), vector('G02')],
  },
  'E-02': {
    fault: 'energy in Wh told as kWh; the absolute register told as energy',
    shown: [vector('G02'), vector('G21')],
  },
  'E-03': { fault: 'a period starts at the sample that ends it', shown: [vector('G02')] },
  'E-04': {
    fault: 'a session without a tariff is skipped; its id is that of the OCPP transaction',
    shown: [vector('no-tariff'), vector('reused-transaction-id')],
  },
  'E-05': {
    fault: 'cost is cut off, of energy alone, without step_size and VAT',
    shown: [
      vector('G02'),
      test('apps/gateway/test/pairs.test.ts', 'FLAT, TIME and ENERGY with a VAT and a step_size each'),
    ],
  },
  'E-06': {
    fault: 'no signed data, no parking time, the tariff of the end, live dimensions in the CDR',
    shown: [vector('tariff-changed-meanwhile'), vector('G02'), vector('G32')],
  },
  'E-07': {
    fault: 'a PATCH of charging periods alone; what fails is logged and never told again',
    shown: [
      vector('G02'),
      test('apps/gateway/test/outage.test.ts', 'gets its last state and its CDR once, and delays nobody'),
      test('packages/ocpi/test/partner-link.test.ts', 'its progress a PATCH without charging periods'),
    ],
  },
  'E-08': { fault: 'the uid of an EVSE is made of the hardware id', shown: [vector('G01')] },
  'E-09': {
    fault: '1.6: connector NaN, session id as number, every refusal EVSE_OCCUPIED, uid longer than 20',
    shown: [vector('G07'), vector('G09'), vector('G13')],
  },
  'E-10': {
    fault: 'remoteStartId is used twice, evse_uid is mandatory, every refusal EVSE_OCCUPIED',
    shown: [vector('two-remote-starts'), vector('G09')],
  },
  'E-11': {
    fault: 'reservations and charging profiles are stubs',
    shown: [vector('G28'), vector('G29'), vector('G31')],
  },
  'E-12': {
    fault: 'tokens of some types or without visual_number fail, ALWAYS is lost, 2004 is an exception',
    shown: [
      vector('G03'),
      vector('G04'),
      vector('G45'),
      test('packages/domain/test/decide.test.ts', 'whitelist without asking the eMSP (D4.2)'),
    ],
  },
  'E-13': {
    fault: 'an occupied 2.0.1 EVSE is told as UNKNOWN or AVAILABLE',
    shown: [vector('G37'), vector('G02')],
  },
  'E-14': {
    fault: 'a repeated stop is counted twice; meter values without a transaction fail',
    shown: [vector('G16'), vector('G15'), test('apps/gateway/test/model.test.ts', 'every Wh is billed once')],
  },
  'E-15': {
    fault: 'the transaction id is random, -1 for refused tokens; the start time is the server’s',
    shown: [vector('G15'), vector('G06'), vector('G35')],
  },
  'E-16': {
    fault: 'signed data is an error; energy counts only where the outlet is named',
    shown: [
      vector('G02'),
      vector('G32'),
      test('packages/domain/test/normalize.test.ts', 'signed containers'),
    ],
  },
  'E-17': { fault: 'meter values of 1.6 are dropped', shown: [vector('G02'), vector('G21')] },
  'E-18': {
    fault: 'START_SESSION alone, no result, its token replaces the stored one',
    shown: [vector('G07'), vector('G13'), vector('token-of-a-command')],
  },
  'E-19': { fault: 'error codes in the spelling of the other version', shown: [vector('G41')] },
  'E-20': {
    fault: 'every PATCH repeats all periods; no CDR without energy; a period starts at its end',
    shown: [vector('G02'), vector('G36')],
  },
  'E-21': {
    fault: 'Preparing is AVAILABLE, Unavailable is CHARGING, Faulted is INOPERATIVE',
    shown: [vector('G01'), vector('G02'), vector('G25')],
  },
  'E-22': {
    fault: 'a filter of meter values that lets everything pass',
    shown: [
      vector('meter-values-with-schema-faults'),
      test('packages/domain/test/normalize.test.ts', 'the outlet wins over the cable, the inlet is ignored'),
    ],
  },
  'E-23': {
    fault: 'a CDR is lost where price, tariff or meter values are missing',
    shown: [vector('no-tariff')],
  },
  'E-24': {
    fault: 'a charger that is offline is INOPERATIVE',
    shown: [
      vector('G19'),
      test('packages/domain/test/evse-status.test.ts', 'an EVSE of a station that is away is UNKNOWN'),
    ],
  },
  'E-25': {
    fault: 'a stop in the future fails, and the transaction stays open',
    shown: [vector('stop-in-the-future')],
  },
  'E-26': {
    fault: 'one schema error discards the billing data of a message',
    shown: [vector('meter-values-with-schema-faults'), vector('G41')],
  },
  'E-27': { fault: 'an app user is authorized again after START_SESSION', shown: [vector('G07')] },
  'E-28': {
    fault: 'the partner’s reservation id is sent to the charger, where two partners collide',
    shown: [vector('G28')],
  },
};
