import { describe, expect, test } from '@jest/globals';
import { checkObject, OCPI_VERSIONS } from '@roambridge/sim-emsp';
import fc from 'fast-check';
import { ADAPTERS } from '../../../packages/ocpi/src/versions/registry.js';
import { asCdr, asSession } from './support/priced-objects.js';
import { type Choice, largest, least, type Members, tableObject } from './support/table-objects.js';

const SEED = Number(process.env.FAST_CHECK_SEED ?? 20_261_121);
const RUNS = 150;

/** Any choice that the property tables allow. */
const anyChoice = fc.gen().map(
  (gen): Choice => ({
    unlisted: true,
    include: () => gen(fc.boolean),
    count: (least) => gen(fc.integer, { min: least, max: 2 }),
    pick: (values) => values[gen(fc.nat, { max: values.length - 1 })]!,
    text: (max, ascii) => largest().text(gen(fc.boolean) ? max : gen(fc.integer, { min: 1, max }), ascii),
    number: () => gen(fc.integer, { min: 0, max: 99_999_999 }) / 10_000,
    int: () => gen(fc.nat, { max: 100_000 }),
  }),
);

/** Makes an object of 2.3.0, and what each version says of it; undefined = it is not told. */
const KINDS: Record<string, (choice: Choice, adapter: (typeof ADAPTERS)['2.3.0']) => [Members, unknown]> = {
  Location(choice, { location }) {
    const made = { evses: [], ...tableObject('Location', choice) };
    return [made, location.toWire(made as never)];
  },
  EVSE(choice, { location }) {
    const made = tableObject('EVSE', choice);
    return [made, location.evseToWire(made as never)];
  },
  Connector(choice, { location }) {
    const made = tableObject('Connector', choice);
    return [made, location.connectorToWire(made as never)];
  },
  Tariff(choice, { tariff }) {
    const made = tableObject('Tariff', choice);
    return [made, tariff.toWire(made as never)];
  },
  Token(choice, { token }) {
    const made = tableObject('Token', choice);
    return [made, token.toWire(made as never)];
  },
  Session(choice, { session }) {
    const made = { charging_periods: [], ...tableObject('Session', choice) };
    return [made, session.toWire(asSession(made), narrowed(choice))];
  },
  CDR(choice, { cdr }) {
    const made = { tariffs: [], ...tableObject('CDR', choice), id: choice.text(CDR_ID_CHARS, true) };
    return [made, cdr.toWire(asCdr(made), narrowed(choice))];
  },
};

/** Our ids have at most this length, also that of a credit (CD-20): 2.1.1 has no room for more. */
const CDR_ID_CHARS = 36;

/** A location as documents embed it: the EVSE and the connector in use. */
function narrowed(choice: Choice) {
  const connectors = [tableObject('Connector', choice)];
  return {
    ...tableObject('Location', choice),
    evses: [{ ...tableObject('EVSE', choice), connectors }],
  } as never;
}

/** Members of 2.3.0 that we have no use for, and dimensions of sessions that have no place in a CDR (CD-39). */
const NOT_OURS = ['invoice_reference_id', 'home_charging_compensation', 'account_number'];
const SESSION_ONLY = ['CURRENT', 'ENERGY_EXPORT', 'ENERGY_IMPORT', 'POWER', 'STATE_OF_CHARGE'];

function told(value: unknown, kind: string): unknown {
  if (Array.isArray(value))
    return value
      .filter((item) => kind !== 'CDR' || !SESSION_ONLY.includes(item?.type))
      .map((item) => told(item, kind) as Members)
      .filter(({ dimensions }) => !Array.isArray(dimensions) || dimensions.length > 0);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !NOT_OURS.includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, told(member, kind)]));
}

/** Text as chargers write it into what is told further. */
const WRITTEN = `serial\r\n\t\u0085\u20ac\u{1f600}${'x'.repeat(6_000)}`;

describe.each(OCPI_VERSIONS)('OCPI %s', (version) => {
  test.each(['Session', 'CDR'])(
    '%s has its form also with what a charger wrote (TY-01, TY-03, CD-44)',
    (kind) => {
      const signed_values = [{ nature: 'Start', plain_data: WRITTEN, signed_data: 'AA==' }];
      const signed_data = { encoding_method: WRITTEN, signed_values };
      const made = { ...tableObject(kind, largest()), meter_id: WRITTEN, remark: WRITTEN, signed_data };
      const { session, cdr } = ADAPTERS[version];
      const location = narrowed(largest());
      const wire =
        kind === 'CDR'
          ? cdr.toWire(asCdr({ ...made, id: 'C1' }), location)
          : session.toWire(asSession(made), location);
      expect(checkObject(wire, { version, type: kind })).toEqual([]);
    },
  );
});

describe.each(Object.keys(KINDS))('%s', (kind) => {
  const make = KINDS[kind]!;

  test.each(OCPI_VERSIONS)(
    'has the form of OCPI %s, whatever it holds (TY-05, MP-01 to MP-15)',
    (version) => {
      const faults = (choice: Choice) => {
        const [, wire] = make(choice, ADAPTERS[version]);
        return wire === undefined ? [] : checkObject(wire, { version, type: kind });
      };
      expect(faults({ ...largest(), unlisted: true })).toEqual([]);
      expect(faults(least())).toEqual([]);
      fc.assert(
        fc.property(anyChoice, (choice) => {
          expect(faults(choice)).toEqual([]);
        }),
        { seed: SEED, numRuns: RUNS },
      );
    },
  );

  test('loses nothing on the way to a partner of 2.3.0 (MP-01)', () => {
    const [made, wire] = make(largest(), ADAPTERS['2.3.0']);
    expect(wire).toEqual(told(made, kind));
  });
});
