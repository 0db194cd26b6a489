import { globPattern } from './glob.js';

/** Quirks of chargers by what they say of themselves; `*` stands for any characters, case does not count. */
export interface ModelQuirks {
  vendor: string;
  model: string;
  firmware: string;
  /** Entries of a station's `quirks` that are on for them. */
  quirks: readonly string[];
  /** Why, and where it was seen. */
  reason: string;
}

/**
 * Switches that are on without the operator's word. Only what cannot do harm where it is not needed is in here: what
 * changes energy, time or money is never switched on unasked (D2-036, D2-062).
 */
export const MODEL_QUIRKS: readonly ModelQuirks[] = [
  {
    vendor: 'AEFA*',
    model: '*',
    firmware: '*',
    quirks: ['repair_json'],
    reason: 'sends "transactionId":, in meter values outside transactions (Q-15)',
  },
  {
    vendor: 'ABB*',
    model: '*',
    firmware: '*',
    quirks: ['min_limit_a'],
    reason: 'refuses limits below 6 A (Q-81)',
  },
];

/** What a charger says of itself. */
export interface ChargerMake {
  vendor: string;
  model: string;
  firmwareVersion?: string;
}

interface Rule {
  matches(make: ChargerMake): boolean;
  quirks: readonly string[];
}

const RULES: readonly Rule[] = MODEL_QUIRKS.map(({ vendor, model, firmware, quirks }) => {
  const [vendors, models, firmwares] = [vendor, model, firmware].map(globPattern) as [RegExp, RegExp, RegExp];
  return {
    quirks,
    matches: (make) =>
      vendors.test(make.vendor) && models.test(make.model) && firmwares.test(make.firmwareVersion ?? ''),
  };
});

/** An entry of a station's `quirks` that begins so switches off what its make would bring. */
const OFF = '-';

const NONE: readonly string[] = [];

/** The switches that count for a station: those that its operator named, and those of its make that he did not take off. */
export function quirksInForce(
  stated: readonly string[] | undefined,
  make: ChargerMake | undefined,
): readonly string[] {
  const own = stated ?? NONE;
  const ofMake = make ? RULES.filter((rule) => rule.matches(make)).flatMap(({ quirks }) => quirks) : NONE;
  if (ofMake.length === 0 && !own.some((quirk) => quirk.startsWith(OFF))) return own;
  const off = new Set(own.filter((quirk) => quirk.startsWith(OFF)).map((quirk) => quirk.slice(OFF.length)));
  const named = new Set(own.map(nameOf));
  return [
    ...own.filter((quirk) => !quirk.startsWith(OFF)),
    // What the operator states with another value takes the place of it.
    ...ofMake.filter((quirk) => !off.has(quirk) && !off.has(nameOf(quirk)) && !named.has(nameOf(quirk))),
  ];
}

function nameOf(quirk: string): string {
  return quirk.split('=', 1)[0] ?? quirk;
}
