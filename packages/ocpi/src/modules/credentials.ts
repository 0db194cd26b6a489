import type { Partner, Registration } from '@roambridge/core';
import type { HandshakeFailure } from '../client/handshake.js';
import { invalid, notAllowed, OcpiRefusal, STATUS } from '../errors.js';
import { ownParties } from '../parties.js';
import type { Endpoint, Exchange, ModulePorts, Reply } from '../server/exchange.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { versionsUrl } from './module-url.js';

const STATUS_OF_FAILURE = {
  unusable: STATUS.unusableClientApi, // OCPI ST-14
  'version-not-offered': STATUS.unsupportedVersion, // OCPI ST-15
  'endpoints-missing': STATUS.missingEndpoints, // OCPI ST-16
} satisfies Record<HandshakeFailure['kind'], number>;

/** Credentials (OCPI chapter Credentials); `underWay` names the partners whose registration is being done. */
export function credentials(ports: ModulePorts, adapter: VersionAdapter, underWay: Set<string>): Endpoint[] {
  async function get({ partner }: Exchange): Promise<Reply> {
    return ours(partner, partner.inboundToken); // OCPI CR-24
  }

  async function post({ partner, body }: Exchange): Promise<Reply> {
    if (partner.status === 'registered' || partner.status === 'registering') {
      throw notAllowed('Already registered: use PUT', ['GET', 'PUT', 'DELETE']); // OCPI CR-19
    }
    return alone(partner, async () => {
      const registration = await learn(partner, await body());
      const { inboundToken } = await ports.edge.completeRegistration(partner.id, registration);
      // OCPI CR-15: only then the registration token ends.
      return { ...ours(partner, inboundToken), sent: () => ports.edge.answeredRegistration(partner.id) };
    });
  }

  async function put({ partner, body }: Exchange): Promise<Reply> {
    requireRegistered(partner);
    return alone(partner, async () => {
      const registration = await learn(partner, await body()); // OCPI CR-20
      const { inboundToken } = await ports.edge.updateRegistration(partner.id, registration);
      return ours(partner, inboundToken);
    });
  }

  async function remove({ partner }: Exchange): Promise<Reply> {
    requireRegistered(partner);
    await ports.edge.unregister(partner.id); // OCPI CR-23
    return {};
  }

  /** Calls the partner back before anything is stored. // OCPI CR-15, CR-16 */
  async function learn(partner: Partner, body: unknown): Promise<Registration> {
    const peer = adapter.credentials.fromWire(body);
    const reason = await ports.guard.refusal(peer.url);
    if (reason !== undefined) {
      throw invalid('url', reason);
    }
    const outcome = await ports.handshake({ partner, versionsUrl: peer.url, token: peer.token, adapter });
    if (outcome.kind !== 'learnt') {
      ports.log.warn(
        { partnerId: partner.id, version: adapter.version, kind: outcome.kind, detail: outcome.detail },
        'credentials handshake failed',
      );
      throw new OcpiRefusal(200, STATUS_OF_FAILURE[outcome.kind], outcome.message);
    }
    return {
      version: adapter.version,
      versionsUrl: peer.url,
      outboundToken: peer.token,
      tokenEncoding: outcome.tokenEncoding,
      roles: peer.roles,
      ...(peer.hubParty === undefined ? {} : { hubParty: peer.hubParty }),
      endpoints: outcome.endpoints,
    };
  }

  /** One registration of a partner at a time; call-backs of the partner are not held up (CR-13). */
  async function alone(partner: Partner, task: () => Promise<Reply>): Promise<Reply> {
    if (underWay.has(partner.id)) {
      throw new OcpiRefusal(200, STATUS.clientError, 'Another registration of this partner is under way');
    }
    underWay.add(partner.id);
    try {
      return await task();
    } finally {
      underWay.delete(partner.id);
    }
  }

  function ours(partner: Partner, token: string): Reply {
    return {
      data: adapter.credentials.toWire({
        token,
        url: versionsUrl(ports.publicUrl()),
        parties: ownParties(adapter, partner, ports.edge.hostedParties),
      }),
    };
  }

  return [{ path: '/', methods: { GET: get, POST: post, PUT: put, DELETE: remove } }];
}

// OCPI ST-13
function requireRegistered(partner: Partner): void {
  // One that we asked to register us may have done so, with its answer lost.
  if (partner.status !== 'registered' && partner.status !== 'registering') {
    throw notAllowed('Not registered: use POST', ['GET', 'POST']);
  }
}
