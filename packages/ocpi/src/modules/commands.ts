import type { CommandAnswer, Partner } from '@roambridge/core';
import { invalid, notFound, STATUS } from '../errors.js';
import { speaksFor } from '../parties.js';
import type { Endpoint, Exchange, ModulePorts, Reply } from '../server/exchange.js';
import type { VersionAdapter } from '../versions/adapter.js';

const CONNECTOR_REQUIRED = 'START_SESSION_CONNECTOR_REQUIRED';

/** Commands, receiver interface (OCPI CO-01): the synchronous answer only; the result is told later. */
export function commands(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  async function startSession(exchange: Exchange): Promise<Reply> {
    const { partner, correlationId, ourParty } = exchange;
    const command = adapter.commands.startSession(await exchange.body(), ownerOf(partner));
    if (!speaksFor(partner, command.token)) {
      throw invalid('token', 'is not a token of this connection'); // OCPI CO-10
    }
    await requireResponseUrl(command.response_url);
    const location = await ports.edge.location(partner, command.location_id);
    if (location !== undefined) {
      ourParty.is(location); // OCPI RT-11
    }
    const evse = location?.evses.find(
      ({ uid }) => command.evse_uid !== undefined && adapter.sameId(uid, command.evse_uid),
    );
    // OCPI LO-37
    if (
      adapter.commands.takesConnector &&
      command.connector_id === undefined &&
      evse?.capabilities?.includes(CONNECTOR_REQUIRED) === true
    ) {
      throw invalid('connector_id', 'is required for this EVSE');
    }
    return answer(await ports.edge.startSession(partner, command, correlationId));
  }

  async function stopSession(exchange: Exchange): Promise<Reply> {
    const command = adapter.commands.stopSession(await exchange.body());
    await requireResponseUrl(command.response_url);
    return answer(await ports.edge.stopSession(exchange.partner, command, exchange.correlationId));
  }

  async function other({ params }: Exchange): Promise<Reply> {
    const name = params.command ?? '';
    if (!adapter.commands.notOffered(name)) {
      throw notFound(`Unknown command ${name.slice(0, 36)}`, STATUS.invalidParameter); // OCPI CO-24
    }
    return answer({ result: 'NOT_SUPPORTED', timeoutSeconds: 0 });
  }

  // The result is posted there with the partner's token. // OCPI CO-08
  async function requireResponseUrl(url: string): Promise<void> {
    const reason = await ports.guard.refusal(url);
    if (reason !== undefined) {
      throw invalid('response_url', reason);
    }
  }

  function answer(command: CommandAnswer): Reply {
    return {
      data: adapter.commands.answerToWire(command),
      // OCPI ST-19, CO-23
      ...(command.unknownLocation === true
        ? { statusCode: STATUS.unknownLocation, statusMessage: command.message ?? 'Unknown location' }
        : {}),
    };
  }

  return [
    { path: '/START_SESSION', methods: { POST: startSession } },
    { path: '/STOP_SESSION', methods: { POST: stopSession } },
    { path: '/:command', methods: { POST: other } },
  ];
}

function ownerOf(partner: Partner) {
  const [role] = partner.roles;
  if (role === undefined) {
    throw new Error(`partner ${partner.id} is registered without a role`);
  }
  return { country_code: role.country_code, party_id: role.party_id };
}
