import { type Shown, shownBy, vector } from './shown.js';

export interface Rule {
  rule: string;
  shown: Shown[];
}

const AUTHORIZATION = 'packages/core/test/authorization.test.ts';
const POLICY = 'packages/core/test/authorization-policy.test.ts';
const CONNECTOR_0 = 'packages/ocpp/test/connector-0.test.ts';
const IN_TIME = 'packages/core/test/stations-in-time.test.ts';
const LOCAL_LIST = 'packages/domain/test/local-list.test.ts';
const TOKENS = 'packages/domain/test/token-rules.test.ts';

/** How statuses are translated, rule by rule, and what shows it. */
export const STATUS_RULES: Record<string, Rule> = {
  'D1-001': { rule: 'an EVSE of OCPP 2.x is an EVSE with all its connectors', shown: [vector('G37')] },
  'D1-002': {
    rule: 'a connector of OCPP 1.6 is an EVSE, unless it shares one',
    shown: [vector('G01'), vector('shared-evse')],
  },
  'D1-003': {
    rule: 'the uid of an EVSE is the operator’s, and is kept as REMOVED',
    shown: [vector('G01'), vector('planned-and-removed')],
  },
  'D1-004': {
    rule: 'a connector that no location has is shown to the operator and not published',
    shown: [shownBy(IN_TIME, 'is shown to the operator and told to nobody'), vector('planned-and-removed')],
  },
  'D1-005': {
    rule: 'capabilities are entered; only that a connector must be named is added',
    shown: [vector('shared-evse')],
  },
  'D1-010': {
    rule: 'connector 0 is the station',
    shown: [shownBy(CONNECTOR_0, 'connector 0 is the station'), vector('station-overlay')],
  },
  'D1-011': { rule: 'it covers connectors that are free', shown: [vector('station-overlay')] },
  'D1-012': {
    rule: 'it covers, is ignored, or counts whatever the connectors say',
    shown: [shownBy(CONNECTOR_0, 'the operator may have it ignored, or count whatever the connectors say')],
  },
  'D1-014': {
    rule: 'connector 0 may stand for the only connector',
    shown: [shownBy(CONNECTOR_0, 'a station that knows only connector 0 means its one connector')],
  },
  'D1-015': {
    rule: 'an older status is ignored only while clocks are right',
    shown: [vector('outdated-status')],
  },
  'D1-020': {
    rule: 'the first rule that fits decides about an EVSE',
    shown: [
      shownBy('packages/domain/test/evse-status.test.ts', 'status of an EVSE (D1-020)'),
      shownBy('packages/core/test/status-model.test.ts', 'the published status settles'),
    ],
  },
  'D1-021': { rule: 'a fault during a transaction is told, the session goes on', shown: [vector('G25')] },
  'D1-022': {
    rule: 'a connector that is free in a transaction stays CHARGING for a minute',
    shown: [vector('free-despite-transaction')],
  },
  'D1-023': {
    rule: 'last_updated is ours and grows with every change of an object',
    shown: [
      shownBy('apps/gateway/test/support/golden-world.ts', 'D1-023: strictly increasing per object'),
      vector('G02'),
    ],
  },
  'D1-030': { rule: 'the first change is told at once, the next ones together', shown: [vector('G27')] },
  'D1-031': { rule: 'a flapping connector is told when it is steady', shown: [vector('G27b')] },
  'D1-032': {
    rule: 'a PATCH of what the partner does not know is followed by a PUT',
    shown: [vector('G44')],
  },
  'D1-033': {
    rule: 'every partner is told the same, of what is published',
    shown: [vector('G43'), vector('withdrawn-location')],
  },
  'D1-040': { rule: 'a station that is away is UNKNOWN after its grace', shown: [vector('G26')] },
  'D1-041': {
    rule: 'after a boot connectors are asked about once and then UNKNOWN',
    shown: [vector('G26b'), vector('G26c')],
  },
  'D1-042': { rule: 'without a boot the last statuses count after ten seconds', shown: [vector('G26')] },
  'D1-045': { rule: 'after a long absence the reports are awaited', shown: [vector('G26')] },
  'D1-046': {
    rule: 'a new start of the gateway is no outage of stations',
    shown: [shownBy(IN_TIME, 'a new start of the gateway is no outage of its stations')],
  },
  'D1-050': {
    rule: 'a reservation that the charger does not show holds its EVSE',
    shown: [vector('G29-status')],
  },
  'D1-051': {
    rule: 'a reservation of any EVSE changes no status',
    shown: [shownBy('packages/core/test/reservations.test.ts', 'on any EVSE change no status (D1-051)')],
  },
  'D1-052': {
    rule: 'a change that the station puts off is told when it happens',
    shown: [vector('scheduled-change')],
  },
  'D1-053': {
    rule: 'a station that installs firmware is INOPERATIVE',
    shown: [vector('firmware-installation')],
  },
};

/** How tokens are decided, rule by rule, and what shows it. */
export const TOKEN_RULES: Record<string, Rule> = {
  'D4-001': {
    rule: 'white space and control characters are no part of a token, its case is kept',
    shown: [
      shownBy(
        'packages/domain/test/decide.test.ts',
        'are not part of a token, and its case is kept (D4-001)',
      ),
      vector('G02'),
    ],
  },
  'D4-002': {
    rule: 'commands, then uids, then other spellings, then own cards, or these first',
    shown: [
      vector('G08'),
      shownBy(TOKENS, 'spellings of a presented token (D4-002, D4-004)'),
      shownBy(AUTHORIZATION, "the operator's own cards come first where it wants them so (D4-002)"),
    ],
  },
  'D4-003': {
    rule: 'of one uid at several partners the valid and freer token counts',
    shown: [vector('G43'), shownBy('packages/domain/test/decide.test.ts', 'then the newest (D4-003)')],
  },
  'D4-004': {
    rule: 'garbage after the digits of a card is left out, nothing is cut off',
    shown: [shownBy(TOKENS, 'garbage after the digits of a card is tried without it')],
  },
  'D4-005': {
    rule: 'a token that a charger cannot carry has another name there; types are translated',
    shown: [vector('G07'), shownBy(TOKENS, 'types of tokens on both sides (D4-005)')],
  },
  'D4-006': {
    rule: 'a contract is found by uid and contract id in any spelling, else its issuer is asked',
    shown: [
      vector('G45'),
      vector('contract-by-id'),
      shownBy(POLICY, 'a contract is found by uid, then by contract id, in any spelling'),
    ],
  },
  'D4-007': {
    rule: 'OCPI 2.1.1 knows the types OTHER and RFID',
    shown: [
      shownBy('packages/ocpi/test/tokens.test.ts', 'token types are closed up to 2.2.1 and open in 2.3.0'),
    ],
  },
  'D4-020': {
    rule: 'the question names the EVSEs of the station, or the one if it is known',
    shown: [vector('G03'), vector('G45')],
  },
  'D4-021': {
    rule: 'one question for a token and a station, a refusal is asked about again',
    shown: [
      shownBy(AUTHORIZATION, 'parallel questions about a token share one request (D4-021)'),
      shownBy(POLICY, 'how often an eMSP is asked (D4-021)'),
    ],
  },
  'D4-022': { rule: 'a start outside of the EVSEs of the answer is refused', shown: [vector('G03b')] },
  'D4-023': {
    rule: 'expiry, language and text for the driver are told where there is room',
    shown: [
      shownBy(
        'packages/ocpp/test/v201.test.ts',
        'the decision with group, expiry and language (C-030, C-031)',
      ),
      vector('G03b'),
    ],
  },
  'D4-030': {
    rule: 'without a database the last decision counts, else nothing is accepted',
    shown: [shownBy(AUTHORIZATION, 'without the database the last decision of the day counts')],
  },
  'D4-031': {
    rule: 'answers that only the eMSP can give are not kept by chargers',
    shown: [vector('G03'), vector('G04'), vector('G05'), vector('G42')],
  },
  'D4-032': {
    rule: 'one transaction at a time only where the operator wants it',
    shown: [
      shownBy(AUTHORIZATION, 'with CONCURRENT_SESSIONS=deny'),
      shownBy(POLICY, 'a token of a partner that wants it pays for one transaction at a time (D4-032)'),
    ],
  },
  'D4-035': {
    rule: 'the group of a token is told, under a short name where it is too long',
    shown: [
      vector('G34'),
      shownBy('packages/ocpp/test/v16.test.ts', 'a long group always gets the same short name (D4-035)'),
    ],
  },
  'D4-040': {
    rule: 'which tokens are on a local list',
    shown: [shownBy(LOCAL_LIST, '(D4-040)'), vector('G42b')],
  },
  'D4-041': { rule: 'which tokens are on a full one', shown: [shownBy(LOCAL_LIST, '(D4-041)')] },
  'D4-042': {
    rule: 'lists are told as differences, and as a whole where they are not ours',
    shown: [shownBy(LOCAL_LIST, '(D4-042)'), vector('G42'), vector('G42b')],
  },
  'D4-050': {
    rule: 'the reference of the answer is that of the transaction',
    shown: [vector('G03'), vector('G07')],
  },
  'D4-051': { rule: 'nobody is asked about the token of a running transaction', shown: [vector('G34')] },
};
