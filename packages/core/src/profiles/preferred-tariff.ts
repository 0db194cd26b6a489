import { PROFILE_TYPES, type ProfileType, type Tariff } from '@roambridge/domain';
import type { Feed } from '../feed.js';
import type { SessionRecord } from '../model/session.js';
import { newPlan } from '../stations/plan.js';
import { planEvent } from '../transactions/plan-event.js';
import type { SessionPorts } from '../transactions/plan-session.js';
import { tellFeed } from '../transactions/tell-feed.js';
import { openTransaction } from './open-transaction.js';
import type { ProfilePorts } from './profile-ports.js';

/** Tariff types that stand for a profile type (SE-33); a tariff without type is a regular one. */
const PROFILE_OF_TARIFF: Readonly<Record<string, ProfileType>> = {
  PROFILE_CHEAP: 'CHEAP',
  PROFILE_FAST: 'FAST',
  PROFILE_GREEN: 'GREEN',
  REGULAR: 'REGULAR',
};

/** What a driver can choose at the connector of a session, and what it costs: the first tariff of each type. */
export async function offeredProfiles(
  { store, clock }: ProfilePorts,
  { snapshot }: SessionRecord,
): Promise<ReadonlyMap<ProfileType, Tariff>> {
  const { country_code, party_id, evses } = snapshot.location;
  const ids = evses[0]?.connectors[0]?.tariff_ids ?? [];
  const found = await Promise.all(ids.map((id) => store.tariffs.get({ country_code, party_id, id })));
  const tariffs = found.flatMap((tariff) => (tariff && isValid(tariff, clock.now()) ? [tariff] : []));
  return new Map(
    PROFILE_TYPES.flatMap((type) => {
      const tariff = tariffs.find((each) => PROFILE_OF_TARIFF[each.type ?? 'REGULAR'] === type);
      return tariff ? [[type, tariff] as const] : [];
    }),
  );
}

function isValid({ start_date_time, end_date_time }: Tariff, at: number): boolean {
  if (start_date_time !== undefined && Date.parse(start_date_time) > at) return false;
  return end_date_time === undefined || Date.parse(end_date_time) > at;
}

/** SE-36: from now on the session follows the tariff of the profile that its driver chose. */
export function changeTariff(
  ports: ProfilePorts & SessionPorts & { feed: Feed },
  { stationId, transactionId }: SessionRecord,
  tariff: Tariff,
): Promise<void> {
  return ports.registry().run(stationId, async (station) => {
    const open = openTransaction(station, transactionId);
    if (!open?.session) return;
    const { tariffChanges, ocppTransactionId } = open.transaction;
    const current = tariffChanges?.at(-1)?.tariff ?? open.session.snapshot.tariffs[0];
    if (current?.id === tariff.id) return;
    const at = ports.clock.now();
    const plan = newPlan(stationId);
    const planned = await planEvent(
      plan,
      station,
      open,
      { eventType: 'Updated', ocppTransactionId, at, receivedAt: at, offline: false, meterValues: [] },
      ports,
      { context: { tariff } },
    );
    await ports.committer.commit(plan);
    tellFeed(ports.feed, station, open, planned);
  });
}
