import type { Location, Tariff } from '@roambridge/domain';
import type { DowngradeReport } from '../model/downgrade.js';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import type { PartnerDirectory } from './directory.js';

/** Objects read from the database at a time. */
const PAGE = 200;
/** Kinds of losses that a report names, the most frequent. */
const MAX_NAMED = 200;

/** Counts what a partner cannot see of our locations and tariffs (MP-01 to MP-15). */
export async function downgradeReport(
  ports: { store: Store; clock: Clock; partners: PartnerDirectory; partnerLink: () => PartnerLink },
  partner: Partner,
): Promise<DowngradeReport> {
  const { store, clock, partners } = ports;
  const report: DowngradeReport = {
    partnerId: partner.id,
    ...(partner.version === undefined ? {} : { version: partner.version }),
    at: clock.now(),
    locations: { total: 0, notTold: 0 },
    tariffs: { total: 0, notTold: 0 },
    lost: [],
  };
  const lost = new Map<string, { objects: number; example: string }>();

  async function count<T extends Location | Tariff>(
    kind: 'locations' | 'tariffs',
    list: (page: { offset: number; limit: number }) => Promise<{ items: T[] }>,
    lossOf: (object: T) => { notTold: boolean; lost: string[] },
  ): Promise<void> {
    for (let offset = 0, more = true; more; offset += PAGE) {
      const { items } = await list({ offset, limit: PAGE });
      for (const object of items.filter((each) => partners.concerns(partner, each))) {
        const loss = lossOf(object);
        report[kind].total += 1;
        if (loss.notTold) report[kind].notTold += 1;
        for (const what of new Set(loss.lost)) {
          const known = lost.get(what) ?? { objects: 0, example: object.id };
          lost.set(what, { ...known, objects: known.objects + 1 });
        }
      }
      more = items.length === PAGE;
    }
  }

  const link = ports.partnerLink();
  await count(
    'locations',
    (page) => store.locations.list({ ...page, published: true }),
    (location) => link.loss(partner, { kind: 'location', location }),
  );
  await count(
    'tariffs',
    (page) => store.tariffs.list(page),
    (tariff) => link.loss(partner, { kind: 'tariff', tariff }),
  );
  report.lost = [...lost]
    .map(([what, { objects, example }]) => ({ what, objects, example }))
    .sort((a, b) => b.objects - a.objects || (a.what < b.what ? -1 : 1))
    .slice(0, MAX_NAMED);
  return report;
}
