import type { CommandResultType } from '@roambridge/core';
import { z } from 'zod';
import type { CommandsAdapter } from '../versions/adapter.js';
import { ciString, dateTime, read, url } from '../wire/schema.js';
import { ownedToken, TOKEN_SCHEMA_211 } from './token.js';

const START_SESSION = z.object({
  response_url: url,
  token: TOKEN_SCHEMA_211,
  location_id: ciString(39),
  evse_uid: ciString(39).exactOptional(),
});

const STOP_SESSION = z.object({ response_url: url, session_id: ciString(36) });

const RESERVE_NOW = z.object({
  response_url: url,
  token: TOKEN_SCHEMA_211,
  expiry_date: dateTime,
  reservation_id: z.int(),
  location_id: ciString(39),
  evse_uid: ciString(39).exactOptional(),
});

const UNLOCK_CONNECTOR = z.object({
  response_url: url,
  location_id: ciString(39),
  evse_uid: ciString(39),
  connector_id: ciString(36),
});

/** 2.1.1 has one enumeration for the answer and the result (D5-004, D5-043), and no word for a second result. */
const RESULTS_211 = {
  ACCEPTED: 'ACCEPTED',
  CANCELED_RESERVATION: undefined,
  EVSE_OCCUPIED: 'REJECTED',
  EVSE_INOPERATIVE: 'REJECTED',
  FAILED: 'REJECTED',
  NOT_SUPPORTED: 'NOT_SUPPORTED',
  REJECTED: 'REJECTED',
  TIMEOUT: 'TIMEOUT',
  UNKNOWN_RESERVATION: 'REJECTED',
} satisfies Record<CommandResultType, string | undefined>;

/** Commands of 2.1.1: no connector, no reference, no time-out in the answer (CO-03, CO-04, CO-13). */
export const commands211: CommandsAdapter = {
  takesConnector: false,
  openNames: false,
  startSession: (body, owner) => {
    const { token, ...command } = read(START_SESSION, body);
    return { ...command, token: ownedToken(token, owner) };
  },
  stopSession: (body) => read(STOP_SESSION, body),
  // MP-12: the integer of the partner as text.
  reserveNow: (body, owner) => {
    const { token, reservation_id, ...command } = read(RESERVE_NOW, body);
    return { ...command, reservation_id: String(reservation_id), token: ownedToken(token, owner) };
  },
  unlockConnector: (body) => read(UNLOCK_CONNECTOR, body),
  answerToWire: (answer) => ({ result: answer.result }),
  resultToWire(result) {
    const word = RESULTS_211[result];
    return word === undefined ? undefined : { result: word };
  },
};
