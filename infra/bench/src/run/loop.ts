import type { LoadStation, OcppProtocol } from '../load/messages.js';
import type { LoopOrder, LoopReport } from '../loop/messages.js';
import { type Child, startChild } from '../processes/child.js';
import { provision, tokenUids } from '../servers/fleet.js';
import { type Gateway, startGateway } from '../servers/gateway.js';
import type { PostgresServer } from '../servers/postgres.js';
import { untilNothingPending } from './ledger.js';

const ORDER_TIMEOUT_MS = 300_000;

/** A gateway whose chargers and partners are one process, so that one clock times the way between them. */
export interface LoopGateway {
  gateway: Gateway;
  /** Where the first partner takes locations, for whoever else pushes. */
  pushUrl: string;
  tell<Kind extends LoopReport['is']>(
    order: LoopOrder,
    kind: Kind,
  ): Promise<Extract<LoopReport, { is: Kind }>>;
  /** More partners register, until there are so many, and are told everything. */
  partners(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a gateway on a fresh database, with its fleet entered and one partner registered. */
export async function startLoopGateway(options: {
  fleet: readonly { protocol: OcppProtocol; stations: readonly LoadStation[] }[];
  postgres?: PostgresServer;
  settings?: Readonly<Record<string, string>>;
}): Promise<LoopGateway> {
  const loop: Child<LoopOrder, LoopReport> = startChild('loop/main.js');
  const gateway = await startGateway(options.postgres?.url, options.settings).catch(
    async (error: unknown) => {
      await loop.stop();
      throw error;
    },
  );
  const { operator } = gateway;
  let registered = 0;

  const tell: LoopGateway['tell'] = (order, kind) => {
    loop.tell(order);
    return loop.next(kind, ORDER_TIMEOUT_MS);
  };

  async function partners(count: number): Promise<string> {
    const { pushUrl } = await tell({ do: 'listen', partners: count }, 'listening');
    const uids = registered === 0 ? tokenUids() : [];
    const invitations: Extract<LoopOrder, { do: 'register' }>['invitations'] = [];
    for (; registered < count; registered += 1) {
      const invitation = await operator.post('/partners', { name: `Bench ${registered}` });
      invitations.push({
        versionsUrl: String(invitation.versions_url),
        registrationToken: String(invitation.registration_token),
      });
    }
    await tell({ do: 'register', invitations, tokenUids: uids }, 'registered');
    await untilNothingPending(operator);
    return pushUrl;
  }

  async function stop(): Promise<void> {
    await gateway.stop();
    await loop.stop();
  }

  try {
    await provision(operator, options.fleet);
    const pushUrl = await partners(1);
    return { gateway, pushUrl, tell, partners: async (count) => void (await partners(count)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
