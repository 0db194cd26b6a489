import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type AttentionRecord,
  type AuditQuery,
  type AuditRecord,
  type CallOutcome,
  type CdrCorrection,
  type CdrRecord,
  type CurvePoint,
  type Delivery,
  type DeviceVariable,
  type FeedEvent,
  type FrameRecord,
  type GatewayPolicy,
  type ObjectKey,
  type OperatorEdge,
  RequestRefused,
  type Reservation,
  type Role,
  type SchemaViolation,
  type SecurityEvent,
  type StationInput,
  type StationJob,
  type StationReport,
  type StationView,
  type StoredFile,
  type StoredInvoice,
  type Trace,
  type TransactionRecord,
  type TurnedAway,
  type WantedConfiguration,
  type WhatIf,
} from '@roambridge/core';
import type { Location, Session, Tariff, Token } from '@roambridge/domain';
import { DEFAULT_ROUNDING } from '@roambridge/domain';
import { CHECKED, memoryPartners, type PartnerState, page } from './memory-partners.js';

/** Core's side of the operator edge in memory; tests fill and read its members. */
export interface MemoryEdge extends OperatorEdge {
  readonly state: PartnerState & {
    tokens: Map<string, Role>;
    codes: Map<string, Role>;
    stations: Map<string, StationView>;
    entered: StationInput[];
    turnedAway: TurnedAway[];
    frames: (FrameRecord & { id: string })[];
    variables: DeviceVariable[];
    reports: StationReport[];
    callOutcome: CallOutcome | SchemaViolation;
    calls: { id: string; action: string; payload: unknown }[];
    locations: Map<string, Location>;
    tariffs: Map<string, Tariff>;
    invoices: Map<string, StoredInvoice>;
    partnerTokens: Map<string, Token>;
    localTokens: Map<string, LocalToken>;
    transactions: TransactionRecord[];
    transactionQueries: unknown[];
    curve: CurvePoint[];
    reservations: Reservation[];
    sessions: (Session & { partner_id: string; station_id: string })[];
    cdrs: (CdrRecord & { delivery?: Delivery })[];
    corrections: CdrCorrection[];
    traces: Map<string, Trace>;
    whatIfs: WhatIf[];
    attention: AttentionRecord[];
    templates: Map<string, WantedConfiguration>;
    gatewayPolicy: Partial<GatewayPolicy>;
    jobs: StationJob[];
    securityEvents: SecurityEvent[];
    files: StoredFile[];
    contents: Map<string, Buffer>;
    audit: (AuditRecord & { id: string })[];
    auditQueries: AuditQuery[];
    ready: { ready: boolean; reasons: string[] };
    events: FeedEvent[];
    listeners: Set<(event: FeedEvent) => void>;
  };
  publish(event: Omit<FeedEvent, 'epoch' | 'id' | 'at'>): void;
}

export const EPOCH = 'run-1';

const keyOf = ({ country_code, party_id, id }: ObjectKey) => `${country_code}/${party_id}/${id}`;

export function createMemoryEdge(): MemoryEdge {
  const state: MemoryEdge['state'] = {
    tokens: new Map([
      ['viewer-token', 'viewer'],
      ['field-token', 'field'],
      ['admin-token', 'admin'],
    ]),
    codes: new Map(),
    stations: new Map(),
    entered: [],
    turnedAway: [],
    frames: [],
    variables: [],
    reports: [],
    callOutcome: { kind: 'result', messageId: 'm-1', payload: { status: 'Accepted' } },
    calls: [],
    locations: new Map(),
    tariffs: new Map(),
    invoices: new Map(),
    partnerTokens: new Map(),
    localTokens: new Map(),
    partners: new Map(),
    transactions: [],
    reservations: [],
    transactionQueries: [],
    curve: [],
    sessions: [],
    cdrs: [],
    corrections: [],
    traces: new Map(),
    whatIfs: [],
    deliveries: [],
    exchanges: [],
    ...CHECKED,
    attention: [],
    templates: new Map(),
    gatewayPolicy: {},
    jobs: [],
    securityEvents: [],
    files: [],
    contents: new Map(),
    audit: [],
    auditQueries: [],
    ready: { ready: true, reasons: [] },
    events: [],
    listeners: new Set(),
  };
  return {
    state,
    publish: (event) => {
      const full: FeedEvent = { ...event, epoch: EPOCH, id: state.events.length + 1, at: Date.now() };
      state.events.push(full);
      for (const listener of state.listeners) listener(full);
    },
    authenticate: (token) => {
      const role = state.tokens.get(token);
      return role && { role, name: `of ${token}` };
    },
    noteAction: async (action) => {
      state.audit.unshift({ ...action, at: Date.now(), id: String(state.audit.length + 1) });
    },
    audit: async (query) => {
      state.auditQueries.push(query);
      return page(state.audit, query);
    },
    createSignInCode: (role) => {
      const code = `code-${state.codes.size + 1}`;
      state.codes.set(code, role);
      return code;
    },
    redeemSignInCode: (code) => {
      const role = state.codes.get(code);
      if (role === undefined) return undefined;
      state.codes.delete(code);
      const token = `console ${code}`;
      state.tokens.set(token, role);
      return { token, principal: { role, name: `of ${token}` }, expiresInSeconds: 3600 };
    },
    endSession: async (token) => token.startsWith('console ') && state.tokens.delete(token),
    putStation: async (input) => {
      const created = !state.stations.has(input.id);
      if (input.security_profile === 1 && input.password === undefined && created) {
        throw new RequestRefused(422, 'a new station with security profile 1 needs a password', '/password');
      }
      state.entered.push(input);
      const { password: _password, evse_groups: _groups, ...shown } = input;
      const station: StationView = { ...shown, connected: false, evses: [], open_transactions: [] };
      state.stations.set(input.id, station);
      return { created, station };
    },
    unknownStations: async (query) => page(state.turnedAway, query),
    approveStation: async (identity, { security_profile = 1 }) => {
      if (!state.turnedAway.some((entry) => entry.identity === identity)) return undefined;
      return { id: identity, security_profile, connected: false, evses: [], open_transactions: [] };
    },
    stations: async (query) => page([...state.stations.values()], query),
    station: async (id) => state.stations.get(id),
    removeStation: async (id) => state.stations.delete(id),
    callStation: async (id, action, payload) => {
      if (!state.stations.has(id)) return undefined;
      state.calls.push({ id, action, payload });
      return state.callOutcome;
    },
    deviceModel: async ({ stationId, ...query }) =>
      state.stations.has(stationId) ? page(state.variables, query) : undefined,
    reports: async ({ stationId, ...query }) =>
      state.stations.has(stationId) ? page(state.reports, query) : undefined,
    report: async (_stationId, id) => state.reports.find((report) => report.id === id),
    stationActions: async (id) => {
      if (!state.stations.has(id)) return undefined;
      const schema = { type: 'object', properties: { type: { enum: ['Soft', 'Hard'] } }, required: ['type'] };
      return {
        protocol: 'ocpp1.6',
        actions: ['Reset'],
        schemaOf: (action) => (action === 'Reset' ? schema : undefined),
      };
    },
    frames: async ({ stationId, actions, verdicts, beforeAt, ...query }) => {
      if (!state.stations.has(stationId)) return undefined;
      return page(
        state.frames.filter(
          ({ at, action, verdict }) =>
            (beforeAt === undefined || at < beforeAt) &&
            (actions?.includes(action ?? '') ?? true) &&
            (verdicts?.includes(verdict) ?? true),
        ),
        query,
      );
    },
    putLocation: async (location) => {
      const created = !state.locations.has(keyOf(location));
      state.locations.set(keyOf(location), location);
      return { created, location };
    },
    location: async (key) => state.locations.get(keyOf(key)),
    locations: async (query) => page([...state.locations.values()], query),
    putInvoice: async (partnerId, input) => {
      if (input.cdrs.includes('UNKNOWN')) throw new RequestRefused(422, 'CDR UNKNOWN', '/cdrs/0');
      const record = { ...input, last_updated: '2026-03-01T10:00:00Z' };
      const created = !state.invoices.has(keyOf(input));
      state.invoices.set(keyOf(input), { partnerId, sender: 'us', record });
      return { created, record };
    },
    removeInvoice: async (key) => state.invoices.delete(keyOf(key)),
    invoices: async ({ partnerId, ...query }) =>
      page(
        [...state.invoices.values()].filter((each) => each.partnerId === partnerId),
        query,
      ),
    putTariff: async (tariff) => {
      const created = !state.tariffs.has(keyOf(tariff));
      state.tariffs.set(keyOf(tariff), tariff);
      return { created, tariff };
    },
    tariff: async (key) => state.tariffs.get(keyOf(key)),
    removeTariff: async (key) => state.tariffs.delete(keyOf(key)),
    tariffs: async (query) => page([...state.tariffs.values()], query),
    putToken: async (token) => {
      if (token.party_id !== 'MSP') throw new RequestRefused(422, 'no partner owns this party', '/party_id');
      const key = `${token.country_code}/${token.party_id}/${token.uid}`;
      const created = !state.partnerTokens.has(key);
      state.partnerTokens.set(key, token);
      return { created, token };
    },
    token: async ({ country_code, party_id, uid }) =>
      state.partnerTokens.get(`${country_code}/${party_id}/${uid}`),
    tokens: async (query) => page([...state.partnerTokens.values()], query),
    gatewayPolicy: () => ({
      inForce: {
        allowedPolicy: 'local',
        rtaUnknown: 'none',
        concurrentSessions: 'allow',
        localTokensFirst: false,
        ...state.gatewayPolicy,
      },
      changed: state.gatewayPolicy,
    }),
    setGatewayPolicy: async (changed) => {
      state.gatewayPolicy = changed;
    },
    putLocalToken: async (token) => {
      const created = !state.localTokens.has(token.uid);
      state.localTokens.set(token.uid, token);
      return { created };
    },
    localToken: async (uid) => state.localTokens.get(uid),
    removeLocalToken: async (uid) => state.localTokens.delete(uid),
    localTokens: async (query) => page([...state.localTokens.values()], query),
    ...memoryPartners(state),
    transactions: async (query) => {
      state.transactionQueries.push(query);
      return page(state.transactions, query);
    },
    transaction: async (id) => state.transactions.find((record) => record.id === id),
    transactionCurve: async (id) =>
      state.transactions.some((record) => record.id === id) ? state.curve : undefined,
    reservations: async ({ stationId, ...query }) =>
      page(
        state.reservations.filter((made) => stationId === undefined || made.stationId === stationId),
        query,
      ),
    sessions: async (query) => page(state.sessions, query),
    session: async (id) => state.sessions.find((session) => session.id === id),
    cdrs: async (query) => page(state.cdrs, query),
    cdr: async (id) => state.cdrs.find(({ cdr }) => cdr.id === id),
    explainCdr: async (id) => {
      const record = state.cdrs.find(({ cdr }) => cdr.id === id);
      return record && { record, addsUp: false, unpriceable: 'NO_TARIFF', events: [], signed: [] };
    },
    roundingOf: () => DEFAULT_ROUNDING,
    whatIf: async (query) => {
      state.whatIfs.push(query);
      return { items: [] };
    },
    trace: async (id) => state.traces.get(id),
    creditCdr: async (id, reason) => {
      const record = state.cdrs.find(({ cdr }) => cdr.id === id);
      if (record?.hold !== undefined) throw new RequestRefused(409, 'the CDR was not sent yet');
      return record && { ...record, reason };
    },
    correctCdr: async (id, correction) => {
      state.corrections.push(correction);
      const record = state.cdrs.find(({ cdr }) => cdr.id === id);
      return record && { cdr: record };
    },
    releaseCdr: async (id) => state.cdrs.find(({ cdr }) => cdr.id === id),
    deliveries: async ({ states: wanted, ...query }) =>
      page(
        state.deliveries.filter((delivery) => wanted === undefined || wanted.includes(delivery.state)),
        query,
      ),
    configuration: async (id) => (state.stations.has(id) ? 'not-read' : undefined),
    templates: async () => [...state.templates].map(([name, configuration]) => ({ name, configuration })),
    putTemplate: async (name, configuration) => {
      const created = !state.templates.has(name);
      state.templates.set(name, configuration);
      return { created };
    },
    removeTemplate: async (name) => state.templates.delete(name),
    jobs: async ({ stationId, ...query }) =>
      page(
        state.jobs.filter((job) => stationId === undefined || job.stationId === stationId),
        query,
      ),
    job: async (id) => state.jobs.find((job) => job.id === id),
    securityEvents: async ({ critical, ...query }) =>
      page(
        state.securityEvents.filter((event) => critical === undefined || event.critical === critical),
        query,
      ),
    files: async (query) => page(state.files, query),
    takeFile: async (name, content) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const file = { id: randomUUID(), name, sizeBytes: bytes.length, sha256: '', createdAt: 0 };
      state.files.push(file);
      state.contents.set(file.id, bytes);
      return file;
    },
    fileContent: async (id) => {
      const file = state.files.find((one) => one.id === id);
      const bytes = state.contents.get(id);
      return file && bytes && { file, content: Readable.from([bytes]) };
    },
    removeFile: async (id) => state.contents.delete(id),
    grantFile: async (stationId, direction, fileId) =>
      state.stations.has(stationId)
        ? { url: `http://files/${direction}/${fileId ?? ''}`, expiresAt: 0 }
        : undefined,
    attention: async (query) => page(state.attention, query),
    resolveAttention: async (id) => state.attention.some((record) => record.id === id),
    subscribe: ({ topics, stationIds, resumeAfter }, listener) => {
      const wanted = (event: FeedEvent) =>
        (topics?.includes(event.topic) ?? true) && (stationIds?.includes(event.stationId ?? '') ?? true);
      const filtered = (event: FeedEvent) => {
        if (wanted(event)) listener(event);
      };
      const gap = resumeAfter !== undefined && resumeAfter.epoch !== EPOCH;
      if (resumeAfter !== undefined && !gap) {
        for (const event of state.events) if (event.id > resumeAfter.id) filtered(event);
      }
      state.listeners.add(filtered);
      return { epoch: EPOCH, gap, end: () => void state.listeners.delete(filtered) };
    },
    ready: async () => state.ready,
  };
}
