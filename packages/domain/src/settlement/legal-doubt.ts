import type { LegalFlag, Transaction } from '../transaction/transaction.js';

/** What the legal containers say against a bill (D3-012, D3-024). */
export interface LegalHold {
  hold: Extract<LegalFlag, 'LEGAL_METER_MISMATCH' | 'SIGNATURE_INVALID'>;
  detail: string;
}

const DETAILS = {
  SIGNATURE_INVALID: 'a signature of the meter does not fit its container',
  LEGAL_METER_MISMATCH: 'the signed registers tell another energy than the unsigned ones',
} satisfies Record<LegalHold['hold'], string>;

/** The gravest finding that a person has to look at before anything is billed. */
export function legalDoubt({ flags }: Pick<Transaction, 'flags'>): LegalHold | undefined {
  for (const hold of ['SIGNATURE_INVALID', 'LEGAL_METER_MISMATCH'] as const) {
    if (flags.includes(hold)) return { hold, detail: DETAILS[hold] };
  }
  return undefined;
}
