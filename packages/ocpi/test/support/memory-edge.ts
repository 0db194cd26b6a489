import type {
  Command,
  CommandAnswer,
  ListPage,
  Partner,
  PartnerEdge,
  PartnerPage,
  PreferencesAnswer,
  ProfileAnswer,
  RawExchange,
  Registration,
} from '@roambridge/core';
import type {
  Cdr,
  ChargingPreferences,
  InvoiceRecord,
  Location,
  Session,
  Tariff,
  Token,
} from '@roambridge/domain';

/** What a test sets up and looks at. */
export interface Memory {
  partners: Partner[];
  locations: Location[];
  tariffs: Tariff[];
  sessions: { session: Session; location: Location }[];
  cdrs: { cdr: Cdr; location: Location }[];
  tokens: Map<string, Token>;
  /** Ours, and those of partners. */
  invoices: InvoiceRecord[];
  theirInvoices: Map<string, InvoiceRecord>;
  registrations: Registration[];
  /** Ids of partners whose registration was answered. */
  answered: string[];
  commands: Command['request'][];
  answer: CommandAnswer;
  profileAnswer: ProfileAnswer;
  preferences: { sessionId: string; preferences: ChargingPreferences }[];
  preferencesAnswer: PreferencesAnswer;
  pages: PartnerPage[];
  exchanges: { partnerId: string; exchange: RawExchange }[];
  fault?: Error;
}

export function memoryEdge(hosted = [{ country_code: 'DE', party_id: 'RBG', name: 'Roambridge' }]): {
  edge: PartnerEdge;
  memory: Memory;
} {
  const memory: Memory = {
    partners: [],
    locations: [],
    tariffs: [],
    sessions: [],
    cdrs: [],
    tokens: new Map(),
    invoices: [],
    theirInvoices: new Map(),
    registrations: [],
    answered: [],
    commands: [],
    answer: { result: 'ACCEPTED', timeoutSeconds: 40 },
    profileAnswer: { result: 'ACCEPTED', timeoutSeconds: 40 },
    preferences: [],
    preferencesAnswer: { kind: 'answered', result: 'ACCEPTED' },
    pages: [],
    exchanges: [],
  };

  async function list<T>(items: T[], page: PartnerPage): Promise<ListPage<T>> {
    memory.pages.push(page);
    if (memory.fault !== undefined) {
      throw memory.fault;
    }
    const from = page.after === undefined ? page.offset : Number(page.after);
    const end = from + page.limit;
    return {
      items: items.slice(from, end),
      total: page.total ?? items.length,
      ...(end < items.length ? { next: String(end) } : {}),
    };
  }

  function change(id: string, changes: Partial<Partner>): void {
    memory.partners = memory.partners.map((each) => (each.id === id ? { ...each, ...changes } : each));
  }

  function register(id: string, registration: Registration) {
    memory.registrations.push(registration);
    const inboundToken = `fresh-${memory.registrations.length}`;
    change(id, { ...registration, status: 'registered', inboundToken });
    return { inboundToken };
  }

  function key(owner: string, token: { country_code: string; party_id: string; uid: string }, type: string) {
    return [owner, token.country_code, token.party_id, token.uid, type].join('/').toUpperCase();
  }

  async function command(_partner: Partner, request: Command['request']): Promise<CommandAnswer> {
    memory.commands.push(request);
    return memory.answer;
  }

  async function profileCommand(_partner: Partner, request: Command['request']): Promise<ProfileAnswer> {
    memory.commands.push(request);
    return memory.profileAnswer;
  }

  const edge: PartnerEdge = {
    hostedParties: hosted,
    authenticate: (candidates) => {
      for (const [index, candidate] of candidates.entries()) {
        const partner = memory.partners.find(
          (each) => each.inboundToken === candidate && each.status !== 'unregistered',
        );
        if (partner !== undefined) {
          return { partner, index };
        }
      }
      return undefined;
    },
    noteExchange: (partner, exchange) => {
      memory.exchanges.push({ partnerId: partner.id, exchange });
    },
    putHubClient: async (partner, client) => {
      const known = (partner.hubClients ?? []).filter(({ party_id }) => party_id !== client.party_id);
      change(partner.id, { hubClients: [...known, client] });
      return { created: known.length === (partner.hubClients ?? []).length };
    },
    hubClient: (partner, party) =>
      partner.hubClients?.find(({ party_id }) => party_id === party.party_id.toUpperCase()),
    completeRegistration: async (id, registration) => register(id, registration),
    answeredRegistration: (id) => {
      memory.answered.push(id);
    },
    updateRegistration: async (id, registration) => register(id, registration),
    unregister: async (id) => change(id, { status: 'unregistered' }),
    locations: (_partner, page) => list(memory.locations, page),
    location: async (_partner, id) =>
      memory.locations.find((each) => each.id.toUpperCase() === id.toUpperCase()),
    tariffs: (_partner, page) => list(memory.tariffs, page),
    sessions: (_partner, page) => list(memory.sessions, page),
    cdrs: (_partner, page) => list(memory.cdrs, page),
    invoices: (_partner, page) => list(memory.invoices, page),
    invoice: async (_partner, wanted) => memory.theirInvoices.get(key('', { ...wanted, uid: wanted.id }, '')),
    putInvoice: async (_partner, record) => {
      const stored = key('', { ...record, uid: record.id }, '');
      const created = !memory.theirInvoices.has(stored);
      memory.theirInvoices.set(stored, record);
      return { created };
    },
    removeInvoice: async (_partner, wanted) =>
      memory.theirInvoices.delete(key('', { ...wanted, uid: wanted.id }, '')),
    token: async (partner, wanted) =>
      [...memory.tokens].find(([stored]) => {
        const type = wanted.type ?? stored.split('/').at(-1) ?? '';
        return stored === key(partner.id, wanted, type);
      })?.[1],
    putToken: async (partner, token) => {
      const stored = key(partner.id, token, token.type);
      const created = !memory.tokens.has(stored);
      memory.tokens.set(stored, token);
      return { created };
    },
    startSession: command,
    stopSession: command,
    reserveNow: command,
    cancelReservation: command,
    unlockConnector: command,
    setProfile: profileCommand,
    clearProfile: profileCommand,
    getProfile: profileCommand,
    setPreferences: async (_partner, sessionId, preferences) => {
      memory.preferences.push({ sessionId, preferences });
      return memory.preferencesAnswer;
    },
  };
  return { edge, memory };
}
