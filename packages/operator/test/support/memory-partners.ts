import {
  type CursorPage,
  type CursorQuery,
  type Delivery,
  type ExchangeRecord,
  type OperatorEdge,
  type PartnerView,
  type ProbeReport,
  RequestRefused,
  type ResyncReport,
} from '@roambridge/core';

/** What tests fill and read of partners. */
export interface PartnerState {
  partners: Map<string, PartnerView>;
  deliveries: Delivery[];
  exchanges: (ExchangeRecord & { id: string })[];
  resync: ResyncReport;
  probe: ProbeReport;
}

/** What looks at a partner answer with. */
export const CHECKED: Pick<PartnerState, 'resync' | 'probe'> = {
  resync: {
    partnerId: 'p-1',
    module: 'tariffs',
    state: 'done',
    startedAt: 0,
    endedAt: 5,
    compared: 3,
    same: 2,
    repaired: 1,
    owed: 0,
    unverifiable: 0,
    findings: [
      {
        key: 'DE/RBG/T1',
        problem: 'different',
        members: ['currency'],
        since: 1,
        theirs: 'then',
        repaired: true,
      },
    ],
    missedSince: 1,
  },
  probe: {
    partnerId: 'p-1',
    at: 0,
    version: '2.2.1',
    requests: 9,
    latencyMs: { median: 12.4, slowest: 30 },
    findings: [
      { check: 'versions', verdict: 'ok', finding: 'It offers 2.2.1.' },
      { check: 'paging', verdict: 'warning', finding: 'Its Link is <script>|x.' },
    ],
  },
};

export function page<T>(items: T[], { limit, cursor }: CursorQuery): CursorPage<T> {
  const start = cursor === undefined ? 0 : Number(cursor);
  const end = start + limit;
  return { items: items.slice(start, end), ...(end < items.length ? { nextCursor: String(end) } : {}) };
}

type PartnerMembers =
  | 'createPartner'
  | 'registerWith'
  | 'rotatePartner'
  | 'resyncPartner'
  | 'resyncs'
  | 'probePartner'
  | 'downgrades'
  | 'partners'
  | 'partner'
  | 'removePartner'
  | 'setAuthorizationPolicy'
  | 'pausePartner'
  | 'resumePartner'
  | 'retryDelivery'
  | 'discardDelivery'
  | 'exchanges';

/** Core's side of everything about partners. */
export function memoryPartners(state: PartnerState): Pick<OperatorEdge, PartnerMembers> {
  return {
    createPartner: async (name) => {
      const id = `p-${state.partners.size + 1}`;
      state.partners.set(id, {
        id,
        name,
        status: 'awaiting_registration',
        roles: [],
        endpoints: [],
        createdAt: 0,
        paused: false,
        rotating: false,
        backlog: 0,
        lane: { state: 'idle', failures: 0 },
      });
      return { id, registrationToken: 'TOKEN_A', versionsUrl: 'http://127.0.0.1/ocpi/versions' };
    },
    registerWith: async ({ name, versionsUrl, token }) => {
      if (token === 'WRONG') throw new RequestRefused(422, 'HTTP 401', '/token');
      const id = `p-${state.partners.size + 1}`;
      const made: PartnerView = {
        id,
        name,
        status: 'registered',
        version: '2.2.1',
        versionsUrl,
        roles: [],
        endpoints: [],
        createdAt: 0,
        paused: false,
        rotating: false,
        backlog: 0,
        lane: { state: 'idle', failures: 0 },
      };
      state.partners.set(id, made);
      return made;
    },
    rotatePartner: async (id) => state.partners.get(id),
    resyncPartner: async (id, module) =>
      state.partners.has(id) ? { ...state.resync, partnerId: id, module } : undefined,
    resyncs: async (id) => (state.partners.has(id) ? [state.resync] : undefined),
    probePartner: async (id) => (state.partners.has(id) ? { ...state.probe, partnerId: id } : undefined),
    downgrades: async (id) =>
      state.partners.has(id)
        ? {
            partnerId: id,
            version: '2.1.1',
            at: 0,
            locations: { total: 2, notTold: 1 },
            tariffs: { total: 0, notTold: 0 },
            lost: [{ what: 'EVSE.parking', objects: 1, example: 'L1' }],
          }
        : undefined,
    partners: async () => [...state.partners.values()],
    partner: async (id) => state.partners.get(id),
    removePartner: async (id) => state.partners.delete(id),
    setAuthorizationPolicy: async (id, authorizationPolicy) => {
      const partner = state.partners.get(id);
      if (partner) state.partners.set(id, { ...partner, authorizationPolicy });
      return partner !== undefined;
    },
    pausePartner: async (id) => setPaused(state.partners, id, true),
    resumePartner: async (id) => setPaused(state.partners, id, false),
    retryDelivery: async (id) => decided(state.deliveries, id, 'pending'),
    discardDelivery: async (id) => decided(state.deliveries, id, 'discarded'),
    exchanges: async ({ partnerId, direction, ...query }) =>
      state.partners.has(partnerId)
        ? page(
            state.exchanges.filter((one) => direction === undefined || one.direction === direction),
            query,
          )
        : undefined,
  };
}

function setPaused(partners: Map<string, PartnerView>, id: string, paused: boolean): boolean {
  const partner = partners.get(id);
  if (partner !== undefined) partners.set(id, { ...partner, paused });
  return partner !== undefined;
}

function decided(deliveries: Delivery[], id: string, next: Delivery['state']): Delivery | undefined {
  const found = deliveries.find((delivery) => delivery.id === id);
  if (found?.state === 'acknowledged') throw new RequestRefused(409, 'the partner was told already');
  if (found) found.state = next;
  return found;
}
