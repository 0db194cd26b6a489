import type { Token } from '@roambridge/domain';
import { z } from 'zod';
import { invalid } from '../errors.js';
import type { CommandsAdapter } from '../versions/adapter.js';
import { ciString, dateTime, read, url } from '../wire/schema.js';
import { TOKEN_SCHEMA_230 } from './token.js';

const STOP_SESSION = z.object({ response_url: url, session_id: ciString(36) });

const CANCEL_RESERVATION = z.object({ response_url: url, reservation_id: ciString(36) });

const UNLOCK_CONNECTOR = z.object({
  response_url: url,
  location_id: ciString(36),
  evse_uid: ciString(36),
  connector_id: ciString(36),
});

/** Commands of OCPI 2.2 and later; names are closed in 2.2.1 and open in 2.3.0 (CO-24). */
export function commandsAdapter(options: { token: z.ZodType<Token>; openNames: boolean }): CommandsAdapter {
  const startSession = z.object({
    response_url: url,
    token: options.token,
    location_id: ciString(36),
    evse_uid: ciString(36).exactOptional(),
    connector_id: ciString(36).exactOptional(),
    authorization_reference: ciString(36).exactOptional(),
  });
  const reserveNow = z.object({
    response_url: url,
    token: options.token,
    expiry_date: dateTime,
    reservation_id: ciString(36),
    location_id: ciString(36),
    evse_uid: ciString(36).exactOptional(),
    authorization_reference: ciString(36).exactOptional(),
  });
  return {
    takesConnector: true,
    openNames: options.openNames,
    startSession: (body) => {
      const command = read(startSession, body);
      // OCPI CO-13
      if (command.connector_id !== undefined && command.evse_uid === undefined) {
        throw invalid('connector_id', 'needs evse_uid');
      }
      return command;
    },
    stopSession: (body) => read(STOP_SESSION, body),
    reserveNow: (body) => read(reserveNow, body),
    cancelReservation: (body) => read(CANCEL_RESERVATION, body),
    unlockConnector: (body) => read(UNLOCK_CONNECTOR, body),
    answerToWire: (answer) => ({
      result: answer.result,
      timeout: answer.timeoutSeconds,
      ...message(answer.message),
    }),
    resultToWire: (result, text) => ({ result, ...message(text) }),
  };
}

function message(text: string | undefined) {
  return text === undefined ? {} : { message: [{ language: 'en', text }] };
}

export const commands230 = commandsAdapter({ token: TOKEN_SCHEMA_230, openNames: true });
