import { DEFAULT_ROUNDING, isPriced } from '@roambridge/domain';
import type { Committer } from '../committer.js';
import { type OperatorEdge, RequestRefused } from '../edges/operator-edge.js';
import type { Feed } from '../feed.js';
import type { CdrRecord } from '../model/session.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { CoreSettings } from '../settings.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { explainCdr } from './explain.js';
import { planHoldAttention } from './plan-cdr.js';
import { currentCdr, isUnsent, planCorrection, planCredit } from './plan-correction.js';
import { correctedSessionOf, type RevisePorts } from './revise.js';
import { whatIf } from './what-if.js';

export interface CdrDeskPorts extends RevisePorts {
  settings: CoreSettings & { currency: string };
  clock: Clock;
  committer: Committer;
  partners: PartnerDirectory;
  feed: Feed;
  partnerLink: () => PartnerLink;
}

/** What the operator may do about CDRs; undefined = there is no such CDR. */
export type CdrDesk = Pick<
  OperatorEdge,
  'explainCdr' | 'roundingOf' | 'whatIf' | 'creditCdr' | 'correctCdr' | 'releaseCdr'
>;

export function createCdrDesk(ports: CdrDeskPorts): CdrDesk {
  const { store, clock, committer, partners, feed, settings } = ports;
  const busy = new Map<string, Promise<unknown>>();

  /** One after another for each session, so that no CDR is credited or replaced twice. */
  async function inTurn<T>(
    id: string,
    task: (record: CdrRecord, ofSession: CdrRecord[]) => Promise<T>,
  ): Promise<T | undefined> {
    const found = await store.cdrs.get(id);
    if (!found) return undefined;
    const key = found.cdr.session_id;
    const before = busy.get(key);
    const run = async () => {
      const ofSession = await store.cdrs.ofSession(key);
      const record = ofSession.find(({ cdr }) => cdr.id === id);
      return record && task(record, ofSession);
    };
    const result = before ? before.then(run, run) : run();
    busy.set(key, result);
    try {
      return await result;
    } finally {
      if (busy.get(key) === result) busy.delete(key);
    }
  }

  function takesCredits({ partnerId }: CdrRecord): boolean {
    const partner = partners.get(partnerId);
    return partner !== undefined && ports.partnerLink().takesCredits(partner);
  }

  async function commit(plan: Plan): Promise<void> {
    await committer.commit(plan);
    for (const record of plan.cdrs) feed.publish('cdr', record, record.stationId);
  }

  return {
    explainCdr: (id) => explainCdr(ports, id),
    roundingOf: (currency) => settings.rounding[currency] ?? DEFAULT_ROUNDING,
    whatIf: (query) => whatIf(ports, query),
    creditCdr: (id, reason) =>
      inTurn(id, async (record, ofSession) => {
        requireCurrent(record, ofSession);
        const now = clock.now();
        if (isUnsent(record, now)) {
          throw new RequestRefused(
            409,
            'the CDR was not sent yet: correct it, a credit takes back what was sent',
          );
        }
        const plan = newPlan(record.stationId);
        const credit = planCredit(plan, record, { now, reason, takesCredits: takesCredits(record) });
        await commit(plan);
        return credit;
      }),
    correctCdr: (id, correction) =>
      inTurn(id, async (record, ofSession) => {
        const isLast = ofSession.filter(({ cdr }) => cdr.credit === undefined).at(-1)?.cdr.id === id;
        // After a credit alone the session has no bill: the last CDR may still be made anew.
        if (record.cdr.credit || (!isLast && currentCdr(ofSession)?.cdr.id !== id)) {
          throw new RequestRefused(409, 'only the last CDR of a session can be corrected');
        }
        const completed = await correctedSessionOf(ports, record, correction);
        const now = clock.now();
        const plan = newPlan(record.stationId);
        const { reason, energyWh, endedAt } = correction;
        const made = planCorrection(plan, ofSession, completed, {
          now,
          reason,
          correction: {
            ...(energyWh === undefined ? {} : { energyWh }),
            ...(endedAt === undefined ? {} : { endedAt }),
          },
          takesCredits: takesCredits(record),
          doubtHoldMs: settings.doubtHoldMs,
        });
        if (made.credit && isSameBill(record, made.cdr)) {
          throw new RequestRefused(409, 'nothing would change: name another tariff, energy or end');
        }
        if (made.credit && made.cdr.hold !== undefined && made.cdr.hold !== 'NOT_TELLABLE') {
          throw new RequestRefused(
            409,
            `the corrected session has no price: ${made.cdr.holdDetail ?? made.cdr.hold}`,
          );
        }
        await commit(plan);
        return made;
      }),
    releaseCdr: (id, reason) =>
      inTurn(id, async (record) => {
        if (record.hold === undefined) throw new RequestRefused(409, 'the CDR is not held');
        if (!isPriced(record.cdr)) {
          throw new RequestRefused(409, 'the CDR has no price: repair its tariff, and correct it');
        }
        const now = clock.now();
        const { hold: _, holdDetail: __, ...rest } = record;
        const cdr = { ...record.cdr, last_updated: new Date(now).toISOString() };
        const released: CdrRecord = { ...rest, cdr, reason, releaseAt: now };
        const plan = newPlan(record.stationId);
        plan.cdrs.push(released);
        plan.dirty.push({ partnerId: record.partnerId, kind: 'cdr', key: id, dueAt: now });
        planHoldAttention(plan, released, now, now);
        await commit(plan);
        return released;
      }),
  };
}

function requireCurrent(record: CdrRecord, ofSession: readonly CdrRecord[]): void {
  if (record.cdr.credit) throw new RequestRefused(409, 'a credit CDR cannot be taken back');
  if (currentCdr(ofSession)?.cdr.id !== record.cdr.id) {
    throw new RequestRefused(409, 'the CDR is taken back already');
  }
}

/** The same amounts, energy and times: a partner would be told nothing new. */
function isSameBill(before: CdrRecord, after: CdrRecord): boolean {
  const bill = ({ cdr }: CdrRecord) =>
    JSON.stringify([
      isPriced(cdr) ? cdr.total_cost : null,
      cdr.total_energy,
      cdr.start_date_time,
      cdr.end_date_time,
      cdr.charging_periods,
    ]);
  return bill(before) === bill(after);
}
