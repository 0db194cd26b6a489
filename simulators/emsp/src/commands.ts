import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject, numberOf, textOf } from './json.js';
import type { PeerClient } from './peer-client.js';
import { partyIn } from './registration.js';
import { type EmspState, ownerOf } from './state.js';
import type { Party } from './version.js';

/** Wait for the result when the CPO announces no timeout (2.1.1). */
const DEFAULT_TIMEOUT_S = 60;
/** The result may be on its way when the announced time is over. */
const GRACE_MS = 5_000;

/** A command that was sent. */
export interface SentCommand {
  httpStatus: number;
  /** OCPI status of the synchronous answer. */
  statusCode: number | undefined;
  /** CommandResponse, empty when the CPO sent none. */
  response: JsonObject;
  /**
   * CommandResult that arrived at the response URL; undefined when the command was not accepted or the result did
   * not come within the announced time.
   */
  result: Promise<JsonObject | undefined>;
}

/** POST of a command; the response URL is added (CO-01). @throws the error of the transport. */
export async function sendCommand(options: {
  state: EmspState;
  client: PeerClient;
  responseUrl: string;
  command: string;
  body: JsonObject;
  /** The eMSP behind a hub that asks; default the owner of the token or session in the body. */
  from?: Party;
}): Promise<SentCommand> {
  const { state, client, command, body } = options;
  const id = randomUUID();
  const arrived = new Promise<JsonObject>((resolve) => {
    // The result may be faster than the answer to our POST.
    state.pendingCommands.set(id, resolve);
  });
  const to = addressee(state, body);
  const answer = await client.send({
    method: 'POST',
    url: `${client.endpoint('commands', 'RECEIVER')}/${command}`,
    module: 'commands',
    body: { response_url: `${options.responseUrl}/${command}/${id}`, ...body },
    headers: fromHeaders(state, options.from ?? asker(state, body)),
    ...(to ? { to } : {}),
  });
  const response = isObject(answer.data) ? answer.data : {};
  const accepted = textOf(response, 'result') === 'ACCEPTED';
  if (!accepted) state.pendingCommands.delete(id);
  const timeoutMs = (numberOf(response, 'timeout') ?? DEFAULT_TIMEOUT_S) * 1_000 + GRACE_MS;
  return {
    httpStatus: answer.httpStatus,
    statusCode: answer.statusCode,
    response,
    result: accepted ? within(arrived, timeoutMs) : Promise.resolve(undefined),
  };
}

function within(result: Promise<JsonObject>, timeoutMs: number): Promise<JsonObject | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    timer.unref();
    void result.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** The party behind a hub whose token or session it is. */
function asker(state: EmspState, body: JsonObject): Party | undefined {
  const session = state.sessions.get(textOf(body, 'session_id') ?? '');
  return partyIn(body.token) ?? partyIn(session?.cdr_token);
}

/** RT-05: a hub passes on what its parties ask, in their name. */
function fromHeaders(state: EmspState, party: Party | undefined): Record<string, string> {
  return state.hubClients && party
    ? { 'OCPI-from-country-code': party.country_code, 'OCPI-from-party-id': party.party_id }
    : {};
}

/** RT-05: the party that owns the location or session of the command. */
function addressee(state: EmspState, body: JsonObject) {
  const location = state.locations.get(textOf(body, 'location_id') ?? '');
  return ownerOf(state, location ?? state.sessions.get(textOf(body, 'session_id') ?? ''));
}
