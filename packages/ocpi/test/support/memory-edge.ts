import type {
  CommandAnswer,
  ListPage,
  Partner,
  PartnerEdge,
  PartnerPage,
  Registration,
  StartSessionCommand,
  StopSessionCommand,
} from '@roambridge/core';
import type { Cdr, Location, Session, Tariff, Token } from '@roambridge/domain';

/** What a test sets up and looks at. */
export interface Memory {
  partners: Partner[];
  locations: Location[];
  tariffs: Tariff[];
  sessions: { session: Session; location: Location }[];
  cdrs: { cdr: Cdr; location: Location }[];
  tokens: Map<string, Token>;
  registrations: Registration[];
  commands: (StartSessionCommand | StopSessionCommand)[];
  answer: CommandAnswer;
  pages: PartnerPage[];
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
    registrations: [],
    commands: [],
    answer: { result: 'ACCEPTED', timeoutSeconds: 40 },
    pages: [],
  };

  async function list<T>(items: T[], page: PartnerPage): Promise<ListPage<T>> {
    memory.pages.push(page);
    if (memory.fault !== undefined) {
      throw memory.fault;
    }
    return { items: items.slice(page.offset, page.offset + page.limit), total: items.length };
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
    completeRegistration: async (id, registration) => register(id, registration),
    updateRegistration: async (id, registration) => register(id, registration),
    unregister: async (id) => change(id, { status: 'unregistered' }),
    locations: (_partner, page) => list(memory.locations, page),
    location: async (_partner, id) =>
      memory.locations.find((each) => each.id.toUpperCase() === id.toUpperCase()),
    tariffs: (_partner, page) => list(memory.tariffs, page),
    sessions: (_partner, page) => list(memory.sessions, page),
    cdrs: (_partner, page) => list(memory.cdrs, page),
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
    startSession: async (_partner, command) => {
      memory.commands.push(command);
      return memory.answer;
    },
    stopSession: async (_partner, command) => {
      memory.commands.push(command);
      return memory.answer;
    },
  };
  return { edge, memory };
}
