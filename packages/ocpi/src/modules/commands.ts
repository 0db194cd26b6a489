import { type CommandAnswer, type Partner, speaksFor } from '@roambridge/core';
import type { Token } from '@roambridge/domain';
import { invalid, notFound, STATUS } from '../errors.js';
import type { Endpoint, Exchange, ModulePorts, Reply } from '../server/exchange.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { requireResponseUrl } from './response-url.js';

const CONNECTOR_REQUIRED = 'START_SESSION_CONNECTOR_REQUIRED';

/** Commands, receiver interface (OCPI CO-01): the synchronous answer only; the result is told later. */
export function commands(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  const { edge } = ports;
  const wire = adapter.commands;

  /** Judges what commands have in common, before core is asked. */
  async function judge(
    exchange: Exchange,
    command: { response_url: string; location_id?: string; token?: Token },
  ) {
    const { partner, ourParty } = exchange;
    if (command.token !== undefined && !speaksFor(partner, command.token)) {
      throw invalid('token', 'is not a token of this connection'); // OCPI CO-10
    }
    await requireResponseUrl(ports, command.response_url);
    if (command.location_id === undefined) {
      return undefined;
    }
    const location = await edge.location(partner, command.location_id);
    if (location !== undefined) {
      ourParty.is(location); // OCPI RT-11
    }
    return location;
  }

  async function startSession(exchange: Exchange): Promise<Reply> {
    const { partner, correlationId, requester } = exchange;
    const command = wire.startSession(await exchange.body(), ownerOf(partner));
    const location = await judge(exchange, command);
    const evse = location?.evses.find(
      ({ uid }) => command.evse_uid !== undefined && adapter.sameId(uid, command.evse_uid),
    );
    // OCPI LO-37
    if (
      wire.takesConnector &&
      command.connector_id === undefined &&
      evse?.capabilities?.includes(CONNECTOR_REQUIRED) === true
    ) {
      throw invalid('connector_id', 'is required for this EVSE');
    }
    return answer(await edge.startSession(partner, command, correlationId, requester));
  }

  async function stopSession(exchange: Exchange): Promise<Reply> {
    const command = wire.stopSession(await exchange.body());
    await judge(exchange, { response_url: command.response_url });
    return answer(
      await edge.stopSession(exchange.partner, command, exchange.correlationId, exchange.requester),
    );
  }

  async function reserveNow(exchange: Exchange): Promise<Reply> {
    const { partner, correlationId, requester } = exchange;
    const command = wire.reserveNow(await exchange.body(), ownerOf(partner));
    await judge(exchange, command);
    return answer(await edge.reserveNow(partner, command, correlationId, requester));
  }

  async function cancelReservation(exchange: Exchange): Promise<Reply> {
    const read = wire.cancelReservation;
    if (read === undefined) {
      throw unknownCommand('CANCEL_RESERVATION'); // OCPI CO-19
    }
    const command = read(await exchange.body());
    await judge(exchange, { response_url: command.response_url });
    return answer(
      await edge.cancelReservation(exchange.partner, command, exchange.correlationId, exchange.requester),
    );
  }

  async function unlockConnector(exchange: Exchange): Promise<Reply> {
    const command = wire.unlockConnector(await exchange.body());
    await judge(exchange, command);
    return answer(
      await edge.unlockConnector(exchange.partner, command, exchange.correlationId, exchange.requester),
    );
  }

  async function other({ params }: Exchange): Promise<Reply> {
    if (!wire.openNames) {
      throw unknownCommand(params.command ?? ''); // OCPI CO-24
    }
    return answer({ result: 'NOT_SUPPORTED', timeoutSeconds: 0 });
  }

  function answer(command: CommandAnswer): Reply {
    return {
      data: wire.answerToWire(command),
      // OCPI ST-19, CO-23
      ...(command.unknownLocation === true
        ? { statusCode: STATUS.unknownLocation, statusMessage: command.message ?? 'Unknown location' }
        : {}),
    };
  }

  return [
    { path: '/START_SESSION', methods: { POST: startSession } },
    { path: '/STOP_SESSION', methods: { POST: stopSession } },
    { path: '/RESERVE_NOW', methods: { POST: reserveNow } },
    { path: '/CANCEL_RESERVATION', methods: { POST: cancelReservation } },
    { path: '/UNLOCK_CONNECTOR', methods: { POST: unlockConnector } },
    { path: '/:command', methods: { POST: other } },
  ];
}

function unknownCommand(name: string) {
  return notFound(`Unknown command ${name.slice(0, 36)}`, STATUS.invalidParameter);
}

function ownerOf(partner: Partner) {
  const [role] = partner.roles;
  if (role === undefined) {
    throw new Error(`partner ${partner.id} is registered without a role`);
  }
  return { country_code: role.country_code, party_id: role.party_id };
}
