import type { ProbeFinding } from '@roambridge/core';
import { OcpiRefusal } from '../../errors.js';
import { sameParty } from '../../parties.js';
import type { Probe } from './probe.js';

/** Whether the partner's credentials name the parties that we know (OCPI CR-24, CR-31). */
export async function checkCredentials({
  partner,
  adapter,
  calls,
  token,
  encoding,
}: Probe): Promise<ProbeFinding[]> {
  const url = partner.endpoints.find(({ identifier }) => identifier === 'credentials')?.url;
  if (url === undefined)
    return [found('problem', 'It has no credentials endpoint: tokens cannot be replaced.')];
  const { data, outcome } = await calls.get(url, { token, encoding });
  if (data === undefined) return [found('warning', `Its credentials cannot be read: ${outcome}.`)];
  try {
    const { roles } = adapter.credentials.fromWire(data);
    const unknown = roles.filter((role) => !partner.roles.some((known) => sameParty(known, role)));
    if (unknown.length > 0) {
      const names = unknown.map(({ country_code, party_id }) => `${country_code}*${party_id}`).join(', ');
      return [
        found(
          'problem',
          `It speaks for parties of which it did not tell us (${names}); it has to PUT its credentials.`,
        ),
      ];
    }
    return [
      found('ok', `Its credentials name the ${roles.length === 1 ? 'party' : 'parties'} that we know.`),
    ];
  } catch (error) {
    if (!(error instanceof OcpiRefusal)) throw error;
    return [found('warning', `Its credentials break the specification: ${error.message}.`)];
  }
}

function found(verdict: ProbeFinding['verdict'], finding: string): ProbeFinding {
  return { check: 'credentials', verdict, finding };
}
