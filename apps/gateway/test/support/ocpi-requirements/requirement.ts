import { notThere, type Shown } from '../shown.js';

/** M: mandatory in OCPI. S: advised. O: allowed. D: OCPI leaves it open, and this is what we decided. */
export type Force = 'M' | 'S' | 'O' | 'D';

/** The versions of OCPI that a requirement is part of; a plus stands for the later ones as well. */
export type Versions = 'all' | '2.1.1' | '2.2.1' | '2.3.0' | '2.2.1+' | '2.1.1, 2.2.1';

/** Why nothing shows a requirement that is not mandatory. */
export interface Reason {
  reason: string;
}

export interface Requirement {
  versions: Versions;
  force: Force;
  /** What it asks for, in our own words. */
  rule: string;
  shown: Shown[];
  reason?: string;
}

/** The requirements of one part of OCPI; every id of the part begins with `prefix` and a hyphen. */
export interface Section {
  title: string;
  prefix: string;
  requirements: Record<string, Requirement>;
}

const of =
  (force: Force) =>
  (versions: Versions, rule: string, ...evidence: (Shown | Reason)[]): Requirement => ({
    versions,
    force,
    rule,
    shown: evidence.filter((each) => !('reason' in each)),
    ...evidence.find((each) => 'reason' in each),
  });

export const must = of('M');
export const should = of('S');
export const may = of('O');
export const ours = of('D');

/** For what has no test: why that is right. */
export const because = (reason: string): Reason => ({ reason });

/** What is missing: any evidence, a test where there has to be one, vectors and titles that are gone. */
export function faultsOf({ force, shown, reason }: Requirement): string[] {
  if (shown.length > 0) return notThere(shown).map((each) => `there is no ${each}`);
  if (force === 'M') return ['nothing shows a mandatory requirement'];
  return reason === undefined ? ['neither a test nor a reason'] : [];
}
