import type { FrameView } from '../../api/views.js';
import { isObject } from '../../commands/schema.js';
import { pairsOf, payloadOf } from '../../frames/pairs.js';

export const ASK = 'GetInstalledCertificateIds';

/** One certificate as a charger names it. */
export interface Installed {
  type: string;
  hash: { hashAlgorithm: string; issuerNameHash: string; issuerKeyHash: string; serialNumber: string };
  toldAt: string;
}

/** What a charger last told of each type of certificate; undefined = it told nothing that is still in the journal. */
export function installedIn(frames: readonly FrameView[]): Installed[] | undefined {
  const seen = new Set<string>();
  const found: Installed[] = [];
  let answers = 0;
  for (const { call, answer } of pairsOf(frames)) {
    const told = answer?.message_type === RESULT ? payloadOf(answer) : undefined;
    if (call.direction !== 'out' || answer === undefined || told === undefined) continue;
    const asked = askedTypes(payloadOf(call));
    // Newest first: an older answer counts only for what no newer one was asked about.
    if (seen.has(ALL) || (asked.length > 0 && asked.every((type) => seen.has(type)))) continue;
    answers += 1;
    const items = certificatesIn(told, asked[0] ?? '', answer.at).filter(({ type }) => !seen.has(type));
    found.push(...items);
    for (const type of asked.length === 0 ? [ALL] : asked) seen.add(type);
  }
  return answers === 0 ? undefined : found;
}

const RESULT = 3;
const ALL = '*';

function askedTypes(request: Record<string, unknown> | undefined): string[] {
  const type = request?.certificateType;
  if (Array.isArray(type)) return type.map(String);
  return typeof type === 'string' ? [type] : [];
}

function certificatesIn(told: Record<string, unknown>, asked: string, toldAt: string): Installed[] {
  const { certificateHashData: flat, certificateHashDataChain: chains } = told;
  const ofFlat = Array.isArray(flat) ? flat.map((hash) => ({ type: asked, hash })) : [];
  const ofChains = Array.isArray(chains)
    ? chains.filter(isObject).map((chain) => ({
        type: String(chain.certificateType),
        hash: chain.certificateHashData,
      }))
    : [];
  return [...ofFlat, ...ofChains].flatMap(({ type, hash }) => {
    if (!isObject(hash)) return [];
    const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = hash;
    const named = {
      hashAlgorithm: String(hashAlgorithm),
      issuerNameHash: String(issuerNameHash),
      issuerKeyHash: String(issuerKeyHash),
      serialNumber: String(serialNumber),
    };
    return [{ type, hash: named, toldAt }];
  });
}
