import type { CommandResultType } from '@roambridge/core';
import { z } from 'zod';
import type { CommandsAdapter } from '../versions/adapter.js';
import { ciString, read, url } from '../wire/schema.js';
import { ownedToken, TOKEN_SCHEMA_211 } from './token.js';

const START_SESSION = z.object({
  response_url: url,
  token: TOKEN_SCHEMA_211,
  location_id: ciString(39),
  evse_uid: ciString(39).exactOptional(),
});

const STOP_SESSION = z.object({ response_url: url, session_id: ciString(36) });

const NOT_OFFERED = ['RESERVE_NOW', 'UNLOCK_CONNECTOR'];

/** 2.1.1 has one enumeration for the answer and the result (D5-004, D5-043). */
const RESULTS_211 = {
  ACCEPTED: 'ACCEPTED',
  CANCELED_RESERVATION: 'REJECTED',
  EVSE_OCCUPIED: 'REJECTED',
  EVSE_INOPERATIVE: 'REJECTED',
  FAILED: 'REJECTED',
  NOT_SUPPORTED: 'NOT_SUPPORTED',
  REJECTED: 'REJECTED',
  TIMEOUT: 'TIMEOUT',
  UNKNOWN_RESERVATION: 'REJECTED',
} satisfies Record<CommandResultType, string>;

/** Commands of 2.1.1: no connector, no reference, no time-out in the answer (CO-03, CO-04, CO-13). */
export const commands211: CommandsAdapter = {
  takesConnector: false,
  notOffered: (name) => NOT_OFFERED.includes(name),
  startSession: (body, owner) => {
    const { token, ...command } = read(START_SESSION, body);
    return { ...command, token: ownedToken(token, owner) };
  },
  stopSession: (body) => read(STOP_SESSION, body),
  answerToWire: (answer) => ({ result: answer.result }),
  resultToWire: (result) => ({ result: RESULTS_211[result] }),
};
