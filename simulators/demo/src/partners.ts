import {
  type Emsp,
  type JsonObject,
  type ObjectKind,
  type OcpiVersion,
  startEmsp,
  type TokenInput,
} from '@roambridge/sim-emsp';
import { items, member, type OperatorClient } from './operator-client.js';

/** Objects and requests that one eMSP keeps: the demonstration may run for weeks. */
const OBJECTS_KEPT = 200;

/** An eMSP of the demonstration with the tokens of its drivers. */
export interface DemoPartner {
  emsp: Emsp;
  /** `DE*ALP (OCPI 2.2.1)` */
  label: string;
  card: TokenInput;
  app: TokenInput;
}

interface PartnerDescription {
  version: OcpiVersion;
  country_code: string;
  party_id: string;
  name: string;
  cardUid: string;
  appUid: string;
}

const PARTNERS: readonly PartnerDescription[] = [
  {
    version: '2.1.1',
    country_code: 'FR',
    party_id: 'VOL',
    name: 'Volta Bleue (demo, OCPI 2.1.1)',
    cardUid: '04A1C0FFEE2110',
    appUid: 'VOL-APP-0001',
  },
  {
    version: '2.2.1',
    country_code: 'DE',
    party_id: 'ALP',
    name: 'Alpstrom (demo, OCPI 2.2.1)',
    cardUid: '04A1C0FFEE2210',
    appUid: '7e0f5a0c-3c1b-4a2f-9b7e-0a1b2c3d4e5f',
  },
  {
    version: '2.3.0',
    country_code: 'NL',
    party_id: 'TUL',
    name: 'Tulip Drive (demo, OCPI 2.3.0)',
    cardUid: '04A1C0FFEE2300',
    appUid: '2b9d1f64-8f0e-4c53-a1de-5566778899aa',
  },
];

export type StoredListener = (partner: DemoPartner, kind: ObjectKind, object: JsonObject) => void;

/** Starts the simulated eMSPs; they know their tokens and are not registered yet. */
export async function startPartners(onStored: StoredListener): Promise<DemoPartner[]> {
  return Promise.all(PARTNERS.map((description) => startPartner(description, onStored)));
}

async function startPartner(
  { version, country_code, party_id, name, cardUid, appUid }: PartnerDescription,
  onStored: StoredListener,
): Promise<DemoPartner> {
  const label = `${country_code}*${party_id} (OCPI ${version})`;
  const contract = (suffix: string) => `${country_code}-${party_id}-C${suffix}`;
  const card: TokenInput = { uid: cardUid, contract_id: contract('00000001') };
  // TO-12: tokens of apps are never whitelisted.
  const app: TokenInput = {
    uid: appUid,
    type: 'APP_USER',
    whitelist: 'NEVER',
    contract_id: contract('00000002'),
  };
  const emsp = await startEmsp({
    version,
    country_code,
    party_id,
    name,
    tokens: [card, app],
    kept: OBJECTS_KEPT,
    onStored: (kind, object) => onStored(partner, kind, object),
  });
  const partner: DemoPartner = { emsp, label, card, app };
  return partner;
}

/** Takes the partners of an earlier run away, which are no longer reachable. @returns how many. */
export async function removeFormerPartners(operator: OperatorClient): Promise<number> {
  const names = PARTNERS.map((partner) => partner.name);
  const former = items(await operator.get('/partners')).filter((entry) =>
    names.includes(member(entry, 'name')),
  );
  for (const entry of former) await operator.remove(`/partners/${encodeURIComponent(member(entry, 'id'))}`);
  return former.length;
}

/** Registers an eMSP through the credentials handshake and pushes its card. */
export async function registerPartner(operator: OperatorClient, { emsp, card }: DemoPartner): Promise<void> {
  const invitation = await operator.post('/partners', { name: emsp.name });
  await emsp.register(member(invitation, 'versions_url'), member(invitation, 'registration_token'));
  await emsp.pushToken(card);
}
