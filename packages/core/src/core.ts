import type { PartyId } from '@roambridge/domain';
import { createAccess } from './access/access.js';
import { createAnswerMemory } from './authorization/answers.js';
import { createAuthorizer } from './authorization/authorizer.js';
import { createGatewayPolicyBook } from './authorization/gateway-policy.js';
import { createLocalTokens } from './authorization/local-tokens.js';
import { createRealTimeAuthorization } from './authorization/real-time.js';
import { createTokenBook } from './authorization/tokens.js';
import { createBackground } from './background.js';
import { createAsSeen } from './catalog/as-seen.js';
import { createCatalog } from './catalog/catalog.js';
import { createTariffBook } from './catalog/tariff-book.js';
import { createTariffTurns } from './catalog/tariff-turns.js';
import { createCertificateDesk } from './certificates/certificate-desk.js';
import { createContractDesk } from './certificates/contract-desk.js';
import { createChargerDesk } from './charger-desk.js';
import { createCommandDesk } from './commands/command-desk.js';
import { createCommitter } from './committer.js';
import { createConfigurationDesk } from './configuration/configuration-desk.js';
import { createTemplates } from './configuration/templates.js';
import { createLanes } from './delivery/lanes.js';
import { createRecentDocuments } from './delivery/recent-documents.js';
import { createStatusGate } from './delivery/status-gate.js';
import type { ChargerEdge } from './edges/charger-edge.js';
import type { ChargerFiles } from './edges/charger-files.js';
import type { OperatorEdge } from './edges/operator-edge.js';
import type { HostedParty, PartnerEdge } from './edges/partner-edge.js';
import { createEndingClock } from './ending-clock.js';
import { createFeed } from './feed.js';
import { createFileDesk } from './files/file-desk.js';
import { createInvoiceDesk } from './invoices/invoice-desk.js';
import { createJobDesk, type JobDesk } from './jobs/job-desk.js';
import { createCandidates } from './local-lists/candidates.js';
import { createLocalLists } from './local-lists/local-lists.js';
import { createOperatorDesk } from './operator/operator-desk.js';
import { createPartnerDirectory } from './partners/directory.js';
import { createExchangeJournal } from './partners/exchange-journal.js';
import { createHubDesk } from './partners/hub-desk.js';
import { createPartnerDesk } from './partners/partner-desk.js';
import { createTokenPull } from './partners/pull-tokens.js';
import { createRegistrar } from './partners/registrar.js';
import { createResync } from './partners/resync.js';
import { createWelcome } from './partners/welcome.js';
import type { CertificateAuthority } from './ports/certificate-authority.js';
import type { Clock } from './ports/clock.js';
import { type ContractCertificates, NO_CONTRACT_CERTIFICATES } from './ports/contract-certificates.js';
import type { FileVault } from './ports/file-vault.js';
import type { Log } from './ports/log.js';
import type { PartnerLink } from './ports/partner-link.js';
import type { StationLink } from './ports/station-link.js';
import type { Store } from './ports/store.js';
import type { VendorPlugin } from './ports/vendor-messages.js';
import { createVehicleDesk } from './profiles/vehicle-desk.js';
import { createReportDesk } from './reports/report-desk.js';
import { createReservationDesk } from './reservations/reservation-desk.js';
import { createSecrets } from './secrets.js';
import type { CoreSettings } from './settings.js';
import { createReconciler } from './settlement/reconciler.js';
import { createAdmission } from './stations/admit.js';
import { createAvailabilityDesk } from './stations/desired-availability.js';
import { createStationDirectory } from './stations/directory.js';
import { createOwedReports } from './stations/owed-reports.js';
import { createPresence } from './stations/presence.js';
import { createStationRegistry, type StationRegistry } from './stations/registry.js';
import { createStatusWatch } from './stations/status-watch.js';
import { createTurnedAwayBook } from './stations/unknown/turned-away.js';
import { createFollowUp } from './transactions/follow-up.js';
import { createOrphanWatch } from './transactions/orphan-watch.js';
import { createShownCost } from './transactions/shown-cost.js';
import { createTransactionIds } from './transactions/transaction-ids.js';
import { createVendorMessages } from './vendor-messages.js';

export interface CoreOptions {
  store: Store;
  clock: Clock;
  log: Log;
  settings: CoreSettings & { currency: string };
  hostedParties: HostedParty[];
  /** Key of all hashes, 32 bytes. */
  secretsKey: Uint8Array;
  /** Keyed hash of the first administrator's bearer token (see createSecrets). */
  administratorHash: string;
  versionsUrl: () => string;
  /** Where the bytes of files lie. */
  vault: FileVault;
  /** Where chargers reach the file endpoint. */
  filesUrl: () => string;
  /** Signs certificate requests of chargers; absent = none is signed. */
  authority?: CertificateAuthority;
  /** Who has certificates of contracts for vehicles; absent = nobody. */
  contractCertificates?: ContractCertificates;
  /** Who answers messages of vendors. */
  vendorPlugins?: readonly VendorPlugin[];
}

export interface Core {
  charger: ChargerEdge;
  partner: PartnerEdge;
  operator: OperatorEdge;
  files: ChargerFiles;
  /** Removes files and URLs that are too old. */
  tidyFiles(): Promise<void>;
  /** Stations with an open socket, by protocol. */
  connected(): Map<string, number>;
  /** HTTP exchanges that were not kept in the journal since the start. */
  lostExchanges(): number;
  /** Loads what is in memory, takes up what was interrupted, and starts the lanes. */
  start(links: { station: StationLink; partner: PartnerLink }): Promise<void>;
  /** Takes no new deliveries up and sets no timer any more; resolves when what is under way is done. */
  stop(): Promise<void>;
  /** Resolves when nothing is left to do at the present time of the clock. */
  idle(): Promise<void>;
}

/** Stations read from the database at a time after a start. */
const LOADED_AT_A_TIME = 500;

/** Puts the use cases together. The edges are attached at {@link Core.start}. */
export function createCore(options: CoreOptions): Core {
  const { store, log, settings, hostedParties } = options;
  const clock = createEndingClock(options.clock);
  const secrets = createSecrets(options.secretsKey);
  const feed = createFeed(clock);
  const directory = createStationDirectory(store);
  const partners = createPartnerDirectory({
    store,
    clock,
    secrets,
    hostedParties,
    hasOneParty: (partner) => attached().partner.hasOneParty(partner),
  });
  const answers = createAnswerMemory(settings.rtaReuseMs);
  const localTokens = createLocalTokens(store, () => localLists.tokensChanged());
  const candidates = createCandidates({ store, partners, localTokens });
  const tokens = createTokenBook(store, {
    told(partnerId, token) {
      answers.forget(token.uid);
      candidates.changed(partnerId, token);
      localLists.tokensChanged();
    },
    forgotten() {
      candidates.forget();
      localLists.tokensChanged();
    },
  });
  const tariffs = createTariffBook(store);
  const parties: PartyId[] = hostedParties;
  let links: { station: StationLink; partner: PartnerLink } | undefined;
  let draining = false;

  const attached = () => {
    if (!links) throw new Error('the edges are not attached yet');
    return links;
  };
  const background = createBackground(clock, log);
  const exchanges = createExchangeJournal({ store, clock, log });
  const recent = createRecentDocuments();
  const gate = createStatusGate(settings.statusDebounceMs);
  const asSeen = createAsSeen({ clock, tariffs, partnerLink: () => attached().partner });
  const lanes = createLanes({
    gate,
    store,
    clock,
    log,
    feed,
    partners,
    background,
    recent,
    asSeen,
    link: () => attached().partner,
    settings,
    recovered: (partnerId) => tokenPull.recovered(partnerId),
  });
  const committer = createCommitter({ store, clock, feed, log, recent, wake: (marks) => lanes.wake(marks) });
  const turnedAway = createTurnedAwayBook({ clock, secrets, feed });
  const basics = {
    turnedAway,
    store,
    clock,
    log,
    feed,
    settings,
    committer,
    directory,
    partners,
    tokens,
    localTokens,
    tariffs,
    asSeen,
    lanes,
    background,
    exchanges,
    gate,
    secrets,
    hostedParties,
    parties,
    registry: (): StationRegistry => registry,
    link: () => attached().station,
    partnerLink: () => attached().partner,
  };
  const statusWatch = createStatusWatch(basics);
  const owedReports = createOwedReports(basics);
  const shared = { ...basics, statusWatch, owedReports };
  const gatewayPolicy = createGatewayPolicyBook(store, settings);
  const access = createAccess({ secrets, clock, store, administratorHash: options.administratorHash });
  const authorizer = createAuthorizer({
    ...shared,
    policy: gatewayPolicy.inForce,
    answers,
    realTime: createRealTimeAuthorization({ clock, log, settings, link: () => attached().partner }),
  });
  const followUp = createFollowUp({
    ...shared,
    learned: (stationId, variables) => reports.learned(stationId, variables),
  });
  const orphans = createOrphanWatch(shared);
  const tokenPull = createTokenPull(shared);
  // VE-08, CR-31: the order of parties is part of it, since 2.1.1 shows the first.
  const platform = () => `${JSON.stringify(hostedParties)} ${attached().partner.offer()}`;
  const hubs = createHubDesk(shared);
  const welcome = createWelcome({ ...shared, tokenPull, hubs });
  const resync = createResync({ ...shared, tokenPull });
  const registrar = createRegistrar({ ...shared, platform, welcome });
  const localLists = createLocalLists({ ...shared, candidates });
  const presence = createPresence(shared);
  const abilitiesChanged = (stationId: string) =>
    background.persist(() => catalog.abilitiesChanged(stationId), 'capabilities not derived anew', {
      station: stationId,
    });
  const reports = createReportDesk({ ...shared, abilitiesChanged });
  const reconciler = createReconciler(shared);
  const reservations = createReservationDesk(shared);
  const commands = createCommandDesk({
    ...shared,
    watchReservations: (station) => statusWatch.watch(station),
  });
  const templates = createTemplates(store);
  const configurations = createConfigurationDesk({ ...shared, templates, abilitiesChanged });
  const availability = createAvailabilityDesk(shared);
  const jobs: JobDesk = createJobDesk({ ...shared, files: () => files });
  const files = createFileDesk({
    ...shared,
    vault: options.vault,
    filesUrl: options.filesUrl,
    delivered: (jobId, file) => jobs.delivered(jobId, file.id),
  });
  const certificates = createCertificateDesk({ ...shared, jobs, authority: options.authority });
  const contracts = createContractDesk({
    ...shared,
    contractCertificates: options.contractCertificates ?? NO_CONTRACT_CERTIFICATES,
  });
  const vendorMessages = createVendorMessages({ plugins: options.vendorPlugins ?? [], log });
  const catalog = createCatalog({
    ...shared,
    presence,
    tariffTurned: (tariff) => tariffTurns.turned(tariff),
  });
  const tariffTurns = createTariffTurns({ ...shared, retell: (location) => catalog.retell(location) });
  const registry = createStationRegistry({
    store,
    onLoaded(station) {
      followUp.resume(station);
      orphans.look(station);
      presence.expect(station);
      commands.resume(station);
      statusWatch.watch(station);
    },
  });

  /** D1-046: a station that does not come back after a restart is away, so each has its grace period. */
  async function loadAll(): Promise<void> {
    const ids = directory.all().map((station) => station.id);
    for (let from = 0; from < ids.length && !draining; from += LOADED_AT_A_TIME) {
      const batch = ids.slice(from, from + LOADED_AT_A_TIME);
      await Promise.allSettled(batch.map((id) => registry.run(id, async () => undefined)));
    }
  }

  return {
    charger: createChargerDesk({
      ...shared,
      authorizer,
      localLists,
      followUp,
      orphans,
      presence,
      reports,
      reservations,
      commands,
      jobs,
      configurations,
      availability,
      certificates,
      contracts,
      vehicles: createVehicleDesk(shared),
      shownCost: createShownCost(shared),
      vendorMessages,
      nextTransactionId: createTransactionIds(store),
      admit: createAdmission(shared),
    }),
    partner: createPartnerDesk({ ...shared, platform, welcome, hubs, commands }),
    operator: createOperatorDesk({
      ...shared,
      localLists,
      orphans,
      presence,
      reports,
      reservations,
      commands,
      jobs,
      availability,
      templates,
      configurations,
      files,
      invoices: createInvoiceDesk(shared),
      gatewayPolicy,
      catalog,
      registrar,
      resync,
      access,
      versionsUrl: options.versionsUrl,
      draining: () => draining,
    }),
    files: files.charger,
    tidyFiles: () => files.tidy(),
    lostExchanges: exchanges.dropped,
    connected() {
      const byProtocol = new Map<string, number>();
      for (const { connection } of registry.loaded()) {
        if (connection) byProtocol.set(connection.protocol, (byProtocol.get(connection.protocol) ?? 0) + 1);
      }
      return byProtocol;
    },
    async start(attachedLinks) {
      links = attachedLinks;
      await gatewayPolicy.load();
      await access.load();
      await directory.load();
      await partners.load();
      await localTokens.load();
      // What a stopped process left behind is taken up before anything new arrives.
      for (const stationId of await store.stations.unfinished()) {
        if (directory.find(stationId)) await registry.run(stationId, async () => undefined);
      }
      lanes.wakeAll();
      localLists.start();
      tokenPull.start();
      registrar.resume();
      hubs.start();
      tariffTurns.start();
      await reconciler.start();
      resync.start();
      background.run(loadAll(), 'stations could not be loaded');
    },
    async stop() {
      draining = true;
      lanes.stop();
      await registry.idle();
      await commands.idle();
      clock.end();
      background.end();
      await registry.idle();
      await committer.idle();
      await exchanges.flush();
    },
    async idle() {
      await background.idle();
      await registry.idle();
      await committer.idle();
      await lanes.idle();
    },
  };
}
