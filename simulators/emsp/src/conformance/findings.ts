/** Newest findings that are kept. */
const FINDINGS_KEPT = 1_000;

/** A departure of the CPO from the specification. */
export interface Finding {
  /** Milliseconds since 1970. */
  at: number;
  /** Request or response, e.g. `PUT /ocpi/emsp/2.2.1/sessions/...`. */
  where: string;
  message: string;
}

export interface Findings {
  readonly list: readonly Finding[];
  add(where: string, messages: readonly string[]): void;
}

export function createFindings(): Findings {
  const list: Finding[] = [];
  return {
    list,
    add(where, messages) {
      for (const message of messages) list.push({ at: Date.now(), where, message });
      if (list.length > FINDINGS_KEPT) list.splice(0, list.length - FINDINGS_KEPT);
    },
  };
}
