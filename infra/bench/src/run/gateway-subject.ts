import type { LoadStation, OcppProtocol } from '../load/messages.js';
import type { PartnerCounts, PartnerOrder, PartnerReport } from '../partner/messages.js';
import { type Child, startChild } from '../processes/child.js';
import { cpuSeconds, cpuSecondsOfFamily } from '../processes/cpu.js';
import { provision, tokenUids } from '../servers/fleet.js';
import { startGateway } from '../servers/gateway.js';
import { metricOf, type OperatorClient } from '../servers/operator-client.js';
import type { PostgresServer } from '../servers/postgres.js';
import { compareLedgers, type Ledger, untilNothingPending } from './ledger.js';
import type { Subject } from './subject.js';

const PARTNER_TIMEOUT_MS = 60_000;

/** The gateway with its partner, ready for load. */
export interface GatewaySubject extends Subject {
  operator: OperatorClient;
  /** Sessions and CDRs here, there and in the generator. */
  ledger(): Promise<Ledger>;
  stop(): Promise<void>;
}

/** Starts a gateway on a fresh database, enters the fleet and lets one OCPI 2.2.1 partner register. */
export async function startGatewaySubject(options: {
  fleet: readonly { protocol: OcppProtocol; stations: readonly LoadStation[] }[];
  postgres?: PostgresServer;
}): Promise<GatewaySubject> {
  const { fleet, postgres } = options;
  const gateway = await startGateway(postgres?.url);
  const { operator } = gateway;
  await provision(operator, fleet);
  const partner = await registeredPartner(await operator.post('/partners', { name: 'Bench' }));
  let sessionsEnded = 0;

  async function counts(): Promise<PartnerCounts> {
    partner.tell({ do: 'count' });
    return partner.next('counts', PARTNER_TIMEOUT_MS);
  }

  return {
    name: postgres ? 'PostgreSQL' : 'PGlite',
    pid: gateway.pid,
    operator,
    ocppUrl: gateway.ocppUrl,
    cpu: () => ({
      server: cpuSeconds(gateway.pid),
      partner: cpuSeconds(partner.pid),
      ...(postgres ? { database: cpuSecondsOfFamily(postgres.pid) } : {}),
    }),
    async work() {
      const text = await operator.metrics();
      const counted = await postgres?.ask(
        "select xact_commit || ' ' || deadlocks from pg_stat_database where datname = 'postgres'",
      );
      const [databaseTransactions, deadlocks] = counted?.split(' ').map(Number) ?? [];
      return {
        commits: metricOf(text, 'roambridge_commits_total'),
        writeSets: metricOf(text, 'roambridge_commit_group_size_sum'),
        ...(databaseTransactions === undefined ? {} : { databaseTransactions }),
        ...(deadlocks === undefined ? {} : { deadlocks }),
      };
    },
    ended(sessions) {
      sessionsEnded += sessions;
    },
    async drained() {
      const { cdrs } = await counts();
      const seconds = await untilNothingPending(operator);
      return { cdrsDue: sessionsEnded, cdrsToldAtEnd: cdrs, seconds };
    },
    ledger: async () => compareLedgers(operator, sessionsEnded, await counts()),
    async stop() {
      await gateway.stop();
      await partner.stop();
    },
  };
}

async function registeredPartner(
  invitation: Record<string, unknown>,
): Promise<Child<PartnerOrder, PartnerReport>> {
  const partner = startChild<PartnerOrder, PartnerReport>('partner/main.js');
  await partner.next('ready', PARTNER_TIMEOUT_MS);
  partner.tell({
    do: 'register',
    versionsUrl: String(invitation.versions_url),
    registrationToken: String(invitation.registration_token),
    tokenUids: tokenUids(),
  });
  await partner.next('registered', PARTNER_TIMEOUT_MS);
  return partner;
}
