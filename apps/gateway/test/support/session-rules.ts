import { shownBy, vector } from './shown.js';
import type { Rule } from './translation-rules.js';

const ADAPTER = 'packages/ocpi/test/adapter.test.ts';
const ENERGY = 'packages/domain/test/session-energy.test.ts';
const FOLD = 'packages/domain/test/fold.test.ts';
const LATE = 'packages/core/test/late-messages.test.ts';
const OUTAGE = 'apps/gateway/test/outage.test.ts';
const PERIODS = 'packages/domain/test/charging-periods.test.ts';
const PHASES = 'packages/domain/test/phases.test.ts';
const READINGS = 'packages/domain/test/normalize.test.ts';
const TERMS = 'packages/domain/test/session-terms.test.ts';
const UNORDERED = 'packages/domain/test/transaction-properties.test.ts';

/** How transactions become sessions, rule by rule, and what shows it. */
export const SESSION_RULES: Record<string, Rule> = {
  'D2-001': {
    rule: 'the id of a session is ours, whatever id the charger uses',
    shown: [vector('reused-transaction-id')],
  },
  'D2-002': {
    rule: 'a session belongs to the partner of its token alone',
    shown: [vector('G43'), vector('G06')],
  },
  'D2-003': { rule: 'a session that is over stays as its partner knows it', shown: [vector('G24')] },
  'D2-004': {
    rule: 'times have whole seconds, and a session does not end before it began',
    shown: [shownBy(PERIODS, 'OCPI times have seconds and no fractions (D2-004, TY-07)'), vector('G02')],
  },
  'D2-005': {
    rule: 'a session ends with the stop, or when its vehicle is gone',
    shown: [
      vector('end-at-unplug'),
      vector('G02'),
      shownBy(
        'packages/core/test/end-at-unplug.test.ts',
        'until its vehicle is gone, and its parking is billed (D2-005)',
      ),
    ],
  },
  'D2-006': {
    rule: 'who authorized is told: command, eMSP or whitelist',
    shown: [vector('G02'), vector('G03'), vector('G07')],
  },
  'D2-007': {
    rule: 'the reference is the last one that the eMSP gave',
    shown: [vector('G03'), vector('G28'), shownBy(FOLD, 'only brings its reference (D2-007, D2-009)')],
  },
  'D2-008': {
    rule: 'the token of the session is written as its partner wrote it',
    shown: [vector('G02'), vector('G08')],
  },
  'D2-009': { rule: 'a stop by another token of the group leaves the starter’s', shown: [vector('G34')] },
  'D2-010': {
    rule: 'a session begins when a token is accepted and a vehicle is there, whatever starts the transaction',
    shown: [
      vector('G33-ParkingBayOccupancy-EVConnected'),
      shownBy(FOLD, 'and the vehicle is there (D2-010)'),
    ],
  },
  'D2-011': { rule: 'an end without a vehicle is no session, or an invalid one', shown: [vector('G12')] },
  'D2-020': { rule: 'units and multipliers', shown: [shownBy(READINGS, '(G21, D2-020)'), vector('G21')] },
  'D2-021': { rule: 'measurands', shown: [shownBy(READINGS, 'kW become W (D2-021)')] },
  'D2-022': {
    rule: 'outlet before cable before vehicle',
    shown: [shownBy(READINGS, 'the inlet is ignored (D2-022)')],
  },
  'D2-023': {
    rule: 'phases are added where there is no total',
    shown: [shownBy(READINGS, 'a total wins over the phases beside it (D2-023)'), vector('G21')],
  },
  'D2-024': {
    rule: 'the first Transaction.Begin counts',
    shown: [shownBy(ENERGY, 'wherever it comes (D2-024, Q-56)')],
  },
  'D2-025': {
    rule: 'signed containers are no numbers',
    shown: [shownBy(READINGS, 'no readable numbers (D2-025)'), vector('G32')],
  },
  'D2-026': {
    rule: 'what is no register says so',
    shown: [shownBy(READINGS, 'is no register and says so (D2-026)'), vector('G21')],
  },
  'D2-027': {
    rule: 'drop-outs are taken out',
    shown: [vector('G22a'), shownBy(ENERGY, 'make the same curve (D2-027)')],
  },
  'D2-030': {
    rule: 'decimals of whole registers',
    shown: [shownBy(ENERGY, 'the decimals of whole registers (D2-030)')],
  },
  'D2-031': {
    rule: 'without boundary values the first and last sample',
    shown: [shownBy(ENERGY, 'the first and the last sample count (D2-031)')],
  },
  'D2-032': {
    rule: 'an orderly register',
    shown: [vector('G02'), shownBy(ENERGY, 'the difference of its boundaries (D2-032)')],
  },
  'D2-033': {
    rule: 'a stop register that cannot be',
    shown: [vector('G22b'), shownBy(ENERGY, 'gives way to the last sample (D2-033)')],
  },
  'D2-034': { rule: 'a count of the session', shown: [vector('G22d')] },
  'D2-035': { rule: 'a register that began anew', shown: [vector('G22c')] },
  'D2-036': { rule: 'more than the connector can deliver', shown: [vector('G22e')] },
  'D2-037': { rule: 'no register at all', shown: [shownBy(ENERGY, 'sessions without a register (D2-037)')] },
  'D2-038': { rule: 'what a running session took does not shrink', shown: [vector('G22a')] },
  'D2-039': {
    rule: 'what flows back is told of a running session, and is not taken off the bill',
    shown: [
      shownBy(TERMS, 'of its newest period, a finished one does not (D2-047)'),
      shownBy(ENERGY, 'meters that tell net energy only (D2-039)'),
      shownBy(TERMS, 'whose meter tells net energy only (D2-039)'),
    ],
  },
  'D2-040': {
    rule: 'periods change with phase and price, and are no longer than the operator wants',
    shown: [
      vector('live-dimensions'),
      vector('price-by-the-clock'),
      shownBy(TERMS, 'however short its periods are (D2-040)'),
    ],
  },
  'D2-041': {
    rule: 'what is charging and what is parking',
    shown: [vector('G02'), shownBy(PHASES, 'phases of a session (D2-041)')],
  },
  'D2-042': {
    rule: 'a pause of the charger is no parking unless the operator says so',
    shown: [shownBy(TERMS, 'parking only where the platform says so (D2-042)')],
  },
  'D2-043': {
    rule: 'without states all is charging, unless the meter is to show what is parking',
    shown: [
      shownBy(PHASES, 'everything is charging (D2-043)'),
      shownBy(TERMS, 'parking that the meter shows (D2-043)'),
    ],
  },
  'D2-044': { rule: 'a vehicle with a timer', shown: [shownBy(PHASES, 'only after five minutes (D2-044)')] },
  'D2-045': {
    rule: 'flips of less than a minute',
    shown: [shownBy(PERIODS, 'the phase around them (D2-045)')],
  },
  'D2-046': {
    rule: 'a boundary between two readings',
    shown: [vector('price-by-the-clock'), shownBy(PERIODS, '(D2-046)')],
  },
  'D2-047': {
    rule: 'what is metered live is told while it runs',
    shown: [vector('live-dimensions'), shownBy(TERMS, 'a finished one does not (D2-047)')],
  },
  'D2-048': {
    rule: 'periods add up',
    shown: [shownBy(UNORDERED, 'what is billed adds up (D2-048)'), vector('G36')],
  },
  'D2-049': {
    rule: 'periods name their tariff, volumes have four decimals',
    shown: [vector('G02'), vector('G19')],
  },
  'D2-050': {
    rule: 'ids of transactions are never given twice',
    shown: [shownBy('packages/storage/test/stations.test.ts', 'once for ever (D2-050)')],
  },
  'D2-051': { rule: 'a start that comes again is the same start', shown: [vector('G15')] },
  'D2-052': {
    rule: 'a new start ends what never stopped there',
    shown: [vector('G15'), shownBy(LATE, 'that began after it (D2-052, D2-057)')],
  },
  'D2-053': {
    rule: 'the first stop counts, unless it was made up',
    shown: [shownBy(LATE, 'told again after that is a repetition (D2-053)'), vector('G24')],
  },
  'D2-054': {
    rule: 'a stop without its id',
    shown: [vector('G17'), vector('G17b'), vector('stop-of-another')],
  },
  'D2-055': { rule: 'values without their id', shown: [vector('G16')] },
  'D2-056': {
    rule: 'a stop that nobody knows',
    shown: [shownBy(LATE, 'and no partner hears of it (D2-056)')],
  },
  'D2-057': {
    rule: 'messages that come before their start',
    shown: [
      vector('start-after-stop'),
      shownBy(LATE, 'wait for their start, and are billed with it (D2-057)'),
    ],
  },
  'D2-058': {
    rule: 'repeated and reused numbers',
    shown: [vector('G20'), shownBy(UNORDERED, 'the bill stays the same (D2-053, D2-058)')],
  },
  'D2-060': {
    rule: 'a clock that is wrong is found',
    shown: [shownBy(LATE, 'it is told as such (D2-060, D2-062)')],
  },
  'D2-061': {
    rule: 'times without a date are repaired',
    shown: [vector('G39'), vector('G39b'), vector('stop-in-the-future')],
  },
  'D2-062': {
    rule: 'a zone is corrected only where the operator confirmed it',
    shown: [
      shownBy(LATE, 'the times of a confirmed zone are corrected (D2-062)'),
      shownBy(LATE, 'it is told as such (D2-060, D2-062)'),
    ],
  },
  'D2-063': { rule: 'prices go by repaired times', shown: [vector('G39')] },
  'D2-070': {
    rule: 'a transaction that comes late is told as it is now',
    shown: [vector('G19'), vector('G19b')],
  },
  'D2-071': {
    rule: 'the order of arrival does not matter',
    shown: [vector('G20'), shownBy(UNORDERED, '(D2-071, G20)')],
  },
  'D2-072': { rule: 'missing events are waited for and asked about', shown: [vector('G20'), vector('G20b')] },
  'D2-073': {
    rule: 'an offline start whose token is refused now',
    shown: [
      vector('G35'),
      vector('G35b'),
      shownBy('packages/core/test/offline-start.test.ts', 'is billed, and the token refused now (D2-073)'),
    ],
  },
  'D2-074': { rule: 'statuses after a reconnect', shown: [vector('G26')] },
  'D2-080': {
    rule: 'what was not sent is replaced by the newest',
    shown: [shownBy(OUTAGE, '(D2-080, D2-082, D2-083)'), vector('G18')],
  },
  'D2-081': {
    rule: 'progress is told once a minute',
    shown: [shownBy('packages/storage/test/deliveries.test.ts', 'an urgent mark does not (D2-081)')],
  },
  'D2-082': {
    rule: 'what fails is tried again, and parked',
    shown: [shownBy(OUTAGE, '(D2-082, OF-05)'), vector('G44')],
  },
  'D2-083': {
    rule: 'the end is told before the bill',
    shown: [shownBy('packages/core/test/core.test.ts', 'before it gets the bill (D2-083)')],
  },
};

const CORRECTIONS = 'packages/core/test/cdr-corrections.test.ts';
const KILL = 'apps/gateway/test/kill.test.ts';
const LOST = 'packages/core/test/lost-transaction.test.ts';
const METERS = 'packages/core/test/meter-facts.test.ts';
const OUTCOME = 'packages/domain/test/settlement.test.ts';
const SIGNED = 'packages/core/test/signed-data.test.ts';

/** How sessions become CDRs, rule by rule, and what shows it. */
export const CDR_RULES: Record<string, Rule> = {
  'D3-001': {
    rule: 'a CDR is posted once, after its settling time',
    shown: [vector('G02'), vector('G40')],
  },
  'D3-002': {
    rule: 'tariff and location are those of the beginning',
    shown: [vector('tariff-changed-meanwhile')],
  },
  'D3-003': {
    rule: 'totals',
    shown: [vector('G02'), shownBy('packages/domain/test/running-cost.test.ts', '(SE-13, D3-003)')],
  },
  'D3-004': { rule: 'without a tariff it is held', shown: [vector('no-tariff')] },
  'D3-005': {
    rule: 'the meter is named',
    shown: [shownBy(METERS, 'its bill carries key and meter (D3-005, D3-023)')],
  },
  'D3-006': {
    rule: 'token, method and reference are those of the session',
    shown: [vector('G02'), vector('G34')],
  },
  'D3-007': {
    rule: 'at least one period, and only what a CDR may carry',
    shown: [vector('G36'), shownBy(TERMS, 'a finished one does not (D2-047)')],
  },
  'D3-008': {
    rule: 'the remark tells why it stopped and what was odd',
    shown: [vector('G23'), vector('G22b')],
  },
  'D3-010': {
    rule: 'sessions without energy',
    shown: [vector('G36'), vector('G36b'), vector('G36c'), vector('G36d')],
  },
  'D3-011': { rule: 'sessions of seconds', shown: [shownBy(OUTCOME, '(D3-010, D3-011, G36)')] },
  'D3-012': {
    rule: 'what is doubtful is held',
    shown: [vector('G22e'), vector('G39b'), shownBy(CORRECTIONS, 'is held until a person sends it (D3-012)')],
  },
  'D3-020': {
    rule: 'where signed data comes from',
    shown: [vector('G32'), vector('G32c'), shownBy(SIGNED, '(D3-020)')],
  },
  'D3-021': {
    rule: 'which end a container is of',
    shown: [
      vector('G32'),
      vector('G32b'),
      shownBy(SIGNED, 'as Start and End, and no other one twice (D3-021)'),
    ],
  },
  'D3-022': {
    rule: 'containers go into the CDR unchanged',
    shown: [
      vector('G32'),
      shownBy(SIGNED, '(D3-021, D3-022)'),
      shownBy(SIGNED, 'what is longer than a CDR can carry stays here, and is found (D3-022)'),
      shownBy(METERS, 'looked for after a restart as well (D3-023)'),
    ],
  },
  'D3-023': {
    rule: 'where the key comes from',
    shown: [
      shownBy(METERS, 'asked for it once'),
      shownBy(METERS, 'is judged anew when it is made anew (D3-023)'),
      shownBy(SIGNED, 'others are passed through (D3-023)'),
    ],
  },
  'D3-024': { rule: 'signed and unsigned energy are compared', shown: [vector('G32d'), vector('G32e')] },
  'D3-025': { rule: 'OCPI 2.1.1 has no place for it', shown: [shownBy(ADAPTER, '(CD-44, D3-025)')] },
  'D3-030': {
    rule: 'a CDR that was sent is corrected by a credit',
    shown: [vector('G24'), shownBy(CORRECTIONS, 'each told once (D3-030, CD-21)')],
  },
  'D3-031': {
    rule: 'a CDR is posted again under its id',
    shown: [shownBy(OUTAGE, 'is sent the same CDR again (D3-031)'), vector('G40')],
  },
  'D3-040': {
    rule: 'what tells that a transaction is lost',
    shown: [
      vector('G15'),
      vector('G24'),
      shownBy(LOST, '(D3-040 b)'),
      shownBy(LOST, '(D3-040 c)'),
      shownBy(LOST, '(D3-040 d, f)'),
      shownBy(LATE, 'it ends at its last evidence (D3-040)'),
    ],
  },
  'D3-041': {
    rule: 'a transaction may go on after a boot',
    shown: [shownBy(LOST, 'only a free connector tells that it did not (D3-041)')],
  },
  'D3-042': { rule: 'it ends at its last evidence, and its CDR waits', shown: [vector('G24')] },
  'D3-043': {
    rule: 'the real stop takes the place of the one that was made',
    shown: [vector('G24'), vector('G24b')],
  },
  'D3-050': {
    rule: 'nothing is lost by a crash, and the books are compared',
    shown: [
      vector('G40'),
      shownBy(KILL, '(C1, D3-050)'),
      shownBy('packages/core/test/reconciler.test.ts', 'what disagrees is shown (D3-050)'),
    ],
  },
};
