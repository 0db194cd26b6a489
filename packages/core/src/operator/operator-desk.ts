import type { Access } from '../access/access.js';
import type { GatewayPolicyBook } from '../authorization/gateway-policy.js';
import { type LocalTokens, pageOfLocalTokens } from '../authorization/local-tokens.js';
import type { TokenBook } from '../authorization/tokens.js';
import type { Catalog } from '../catalog/catalog.js';
import { type OperatorEdge, RequestRefused } from '../edges/operator-edge.js';
import type { Feed } from '../feed.js';
import type { FileDesk } from '../files/file-desk.js';
import type { InvoiceDesk } from '../invoices/invoice-desk.js';
import type { Delivery } from '../model/delivery.js';
import type { SessionRecord } from '../model/session.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';
import { type CdrDeskPorts, createCdrDesk } from '../settlement/cdr-desk.js';
import { createPartnerAdmin, type PartnerAdminPorts } from './partner-admin.js';
import { createStationActions } from './station-actions.js';
import { createStationDesk, type StationDeskPorts } from './station-desk.js';
import { traceOf } from './trace.js';
import { createUnknownStationDesk } from './unknown-station-desk.js';

export interface OperatorDeskPorts extends StationDeskPorts, CdrDeskPorts, PartnerAdminPorts {
  store: Store;
  settings: CdrDeskPorts['settings'];
  clock: Clock;
  feed: Feed;
  access: Access;
  catalog: Catalog;
  tokens: TokenBook;
  localTokens: LocalTokens;
  partners: PartnerDirectory;
  files: FileDesk;
  invoices: InvoiceDesk;
  gatewayPolicy: GatewayPolicyBook;
  draining: () => boolean;
}

/** All that the operator may ask for. */
export function createOperatorDesk(ports: OperatorDeskPorts): OperatorEdge {
  const { store, clock, feed, access, catalog, tokens, localTokens, partners, exchanges } = ports;

  const sessionView = (record: SessionRecord & { delivery?: Delivery }) => ({
    ...record.session,
    partner_id: record.partnerId,
    station_id: record.stationId,
    ...(record.delivery ? { delivery: record.delivery } : {}),
  });

  const stations = createStationDesk(ports);
  return {
    ...stations,
    ...createStationActions(ports),
    ...createUnknownStationDesk(ports, stations.putStation),
    ...createCdrDesk(ports),
    ...createPartnerAdmin(ports),

    authenticate: (token) => access.authenticate(token),
    createSignInCode: (role, name) => access.createSignInCode(role, name),
    redeemSignInCode: (code) => access.redeemSignInCode(code),
    endSession: (token) => access.endSession(token),
    noteAction: (action) => store.audit.append({ ...action, at: clock.now() }),
    audit: (query) => store.audit.page(query),

    putLocation: (location) => catalog.putLocation(location),
    location: (key) => store.locations.get(key),
    locations: (query) => store.locations.page(query),
    putInvoice: ports.invoices.put,
    removeInvoice: ports.invoices.remove,
    invoices: (query) => store.invoices.page(query),
    putTariff: (tariff) => catalog.putTariff(tariff),
    tariff: (key) => store.tariffs.get(key),
    removeTariff: (key) => catalog.removeTariff(key),
    tariffs: (query) => store.tariffs.page(query),

    async putToken(token) {
      const owner = partners
        .registered()
        .find((partner) =>
          partner.roles.some(
            (role) => role.country_code === token.country_code && role.party_id === token.party_id,
          ),
        );
      if (!owner) {
        throw new RequestRefused(
          422,
          `no registered partner is ${token.country_code}*${token.party_id}`,
          '/party_id',
        );
      }
      const { created, stored } = await tokens.put(owner.id, token);
      return { created, token: stored };
    },
    async token(key) {
      return (await store.tokens.getByOwner(key))?.token;
    },
    async tokens(query) {
      const page = await store.tokens.page(query);
      return { ...page, items: page.items.map(({ token }) => token) };
    },

    gatewayPolicy: () => ({
      inForce: ports.gatewayPolicy.inForce,
      changed: ports.gatewayPolicy.changed(),
    }),
    setGatewayPolicy: (changed) => ports.gatewayPolicy.put(changed),

    putLocalToken: (token) => localTokens.put(token),
    localToken: async (uid) => localTokens.find([uid]),
    removeLocalToken: (uid) => localTokens.remove(uid),
    localTokens: async (query) => pageOfLocalTokens(localTokens, query),

    async sessions(query) {
      const page = await store.sessions.page(query);
      return { ...page, items: page.items.map(sessionView) };
    },
    async session(id) {
      const record = await store.sessions.get(id);
      if (!record) return undefined;
      const delivery = await store.deliveries.get(record.partnerId, 'session', id);
      return sessionView(delivery ? { ...record, delivery } : record);
    },
    cdrs: (query) => store.cdrs.page(query),
    async cdr(id) {
      const record = await store.cdrs.get(id);
      if (!record) return undefined;
      const delivery = await store.deliveries.get(record.partnerId, 'cdr', id);
      return delivery ? { ...record, delivery } : record;
    },
    async trace(correlationId) {
      await exchanges.flush();
      return traceOf(store, correlationId);
    },
    jobs: (query) => store.jobs.page(query),
    job: (id) => store.jobs.get(id),
    securityEvents: (query) => store.securityEvents.page(query),
    files: (query) => ports.files.page(query),
    takeFile: (name, content) => ports.files.take(name, content),
    fileContent: (id) => ports.files.content(id),
    removeFile: (id) => ports.files.remove(id),
    async grantFile(stationId, direction, fileId) {
      const station = ports.directory.find(stationId);
      return station && ports.files.grant(station.id, direction, fileId);
    },
    attention: (query) => store.attention.page(query),
    async resolveAttention(id) {
      const resolved = await store.attention.resolve(id, clock.now());
      if (resolved) feed.publish('attention', { id });
      return resolved;
    },

    subscribe: (options, listener) => feed.subscribe(options, listener),

    async ready() {
      const reasons: string[] = [];
      if (ports.draining()) reasons.push('draining');
      if (!(await store.ping().catch(() => false))) reasons.push('database does not answer');
      return { ready: reasons.length === 0, reasons };
    },
  };
}
