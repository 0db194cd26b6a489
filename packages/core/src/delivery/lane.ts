import type { EpochMs } from '@roambridge/domain';
import type { AsSeen } from '../catalog/as-seen.js';
import type { Delivery, DeliveryKind, DeliveryUpdate } from '../model/delivery.js';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { NoticeOutcome, PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import { pauseMs, retryDelayMs } from './backoff.js';
import { compose } from './compose.js';
import type { RecentDocuments } from './recent-documents.js';
import { gatherSources, type Sources } from './sources.js';
import type { StatusGate } from './status-gate.js';

/** Deliveries taken up at a time. */
const BATCH = 64;
/** Requests to one partner at a time. */
const CONCURRENCY = 8;
/** Failures in a row after which the partner counts as away and the lane pauses. */
const FAILURES_UNTIL_PAUSE = 3;
/** Tries after which a delivery is parked for a person: a week of them at the longest delay (D2-082). */
const TRIES = 700;
/** Tries of an object that we cannot put into words ourselves (R25). */
const TRIES_OF_OUR_FAULT = 8;
const OUR_FAULT = 'it could not be put into words, see the log';
/** Between two rounds, unless there is more than one batch: what comes meanwhile is told together. */
const ROUND_MS = 50;
/** Pauses in a row after which the partner was away; it is told anew what was tried in vain. */
const PAUSES_OF_AN_OUTAGE = 2;
/** A document for a party that is away behind its hub is tried again after this time. */
const AWAY_MS = 60_000;
/** A delivery that waits for another one looks again after this time. */
const WAIT_MS = 500;

/** What is told first: answers that somebody waits for, then what others refer to (LO-14, D2-083). */
const ORDER: readonly DeliveryKind[] = [
  'command-result',
  'tariff',
  'location',
  'evse',
  'session',
  'charging-profile',
  'cdr',
  'invoice',
];

export interface LanePorts {
  store: Store;
  clock: Clock;
  log: Log;
  recent: RecentDocuments;
  asSeen: AsSeen;
  gate: StatusGate;
  link: () => PartnerLink;
  /** The partner as it is now; undefined = removed. */
  partner: () => Partner | undefined;
  random: () => number;
  settings: { partnerRetryMs: number };
  onUpdate: (update: DeliveryUpdate, delivery: Delivery) => void;
  onPause: (until: number, reason: string) => void;
  onSuccess: () => void;
}

/** `idle` = nothing is due; `waiting` = for the due time of the next; `paused` = the partner does not answer. */
export interface LaneState {
  state: 'idle' | 'working' | 'waiting' | 'paused';
  pausedUntil?: EpochMs;
  /** In a row, up to now. */
  failures: number;
  /** What the last failure was. */
  lastError?: string;
  lastErrorAt?: EpochMs;
}

/** Tells one partner the newest state of what it must know. A slow or failing partner holds up nobody else. */
export interface Lane {
  /** Something is due at `at`. */
  wake(at: number): void;
  stop(): void;
  /** Stops for good: what was not begun yet is not told. Resolves when no delivery is under way. */
  end(): Promise<void>;
  state(): LaneState;
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>;
}

export function createLane(ports: LanePorts): Lane {
  const { store, clock, log } = ports;
  let running: Promise<void> | undefined;
  let timer: { at: number; cancel: () => void } | undefined;
  let firedMeanwhile = false;
  let stopped = false;
  let ended = false;
  let failures = 0;
  let pauses = 0;
  let pausedUntil = 0;
  /** What was tried while the partner was away, or by the process before, may wait for longer than it need. */
  let isLate = true;
  let hastenedAt = Number.NEGATIVE_INFINITY;
  let lastError: { text: string; at: EpochMs } | undefined;

  function wake(at: number): void {
    if (stopped) return;
    const due = Math.max(at, pausedUntil);
    if (timer && timer.at <= due) return;
    timer?.cancel();
    timer = { at: due, cancel: clock.after(Math.max(0, due - clock.now()), fire) };
  }

  function fire(): void {
    timer = undefined;
    if (stopped) return;
    if (running) {
      firedMeanwhile = true;
      return;
    }
    running = work()
      .catch((error: unknown) => {
        log.error({ err: error, partner: ports.partner()?.id }, 'delivery lane stumbled');
        wake(clock.now() + WAIT_MS);
      })
      .finally(() => {
        running = undefined;
        if (!firedMeanwhile) return;
        firedMeanwhile = false;
        fire();
      });
  }

  async function work(): Promise<void> {
    while (!stopped) {
      const partner = ports.partner();
      if (partner?.status !== 'registered') return;
      if (Math.max(pausedUntil, partner.pausedUntil ?? 0) > clock.now()) {
        wake(Math.max(pausedUntil, partner.pausedUntil ?? 0));
        return;
      }
      const due = await store.deliveries.due(partner.id, clock.now(), BATCH);
      if (due.length === 0) {
        const next = await store.deliveries.nextDueAt(partner.id);
        if (next !== undefined) wake(next);
        return;
      }
      for (const kind of ORDER) {
        const ofKind = due.filter((delivery) => delivery.kind === kind);
        if (ofKind.length > 0) await tellAll(partner, ofKind);
      }
      if (due.length < BATCH) {
        wake(clock.now() + ROUND_MS);
        return;
      }
    }
  }

  async function tellAll(partner: Partner, deliveries: Delivery[]): Promise<void> {
    const [first] = deliveries;
    if (!first) return;
    const sources = await gatherSources(ports, partner, first.kind, deliveries);
    const queue = [...deliveries];
    const worked: { update: DeliveryUpdate; delivery: Delivery }[] = [];
    const next = async () => {
      const delivery = queue.shift();
      if (!delivery) return false;
      const isOver = ended || ports.partner()?.status !== 'registered';
      const update =
        isOver || pausedUntil > clock.now()
          ? postpone(delivery, isOver ? clock.now() : pausedUntil)
          : await tellOne(partner, sources, delivery);
      worked.push({ update, delivery });
      return true;
    };
    const worker = async () => {
      while (await next());
    };
    // After a pause a single request shows whether the partner is back.
    if (pauses > 0) await next();
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, queue.length) }, worker));
    await store.deliveries.update(worked.map(({ update }) => update));
    for (const { update, delivery } of worked) ports.onUpdate(update, delivery);
    if (isLate && failures === 0) await hasten(partner.id);
  }

  /** The partner is back: what waits for a retry of its own is due now. Seldom, for some objects may fail for ever. */
  async function hasten(partnerId: string): Promise<void> {
    const now = clock.now();
    if (now - hastenedAt < ports.settings.partnerRetryMs) return;
    isLate = false;
    hastenedAt = now;
    await store.deliveries.hasten(partnerId, now);
  }

  /** Whatever it said: the partner is there. */
  function answered(): void {
    failures = 0;
    pauses = 0;
  }

  /** One object that cannot be told must not hold up the others (R25). */
  async function tellOne(partner: Partner, sources: Sources, delivery: Delivery): Promise<DeliveryUpdate> {
    try {
      return await tell(partner, sources, delivery);
    } catch (error) {
      log.error(
        { err: error, partner: partner.id, kind: delivery.kind, key: delivery.key },
        'object could not be told',
      );
      // The partner has no part in it: its lane goes on.
      if (delivery.attempts + 1 >= TRIES_OF_OUR_FAULT) {
        return { ...update(delivery, 'parked'), error: OUR_FAULT };
      }
      const nextAt = clock.now() + retryDelayMs(delivery.attempts, ports.random());
      return { ...update(delivery, 'retry'), nextAt, error: OUR_FAULT };
    }
  }

  async function tell(partner: Partner, sources: Sources, delivery: Delivery): Promise<DeliveryUpdate> {
    if (delivery.kind === 'evse') {
      const notBefore = ports.gate.notBefore(delivery.key);
      if (notBefore > clock.now()) return postpone(delivery, notBefore);
    }
    const composed = await compose(sources, delivery);
    switch (composed.kind) {
      case 'wait':
        return postpone(delivery, clock.now() + WAIT_MS);
      case 'gone':
        return done(delivery, delivery.told);
      case 'known':
        return done(delivery, composed.told);
      case 'tell': {
        let outcome = await ports.link().tell(partner, composed.notice);
        if (outcome.kind === 'unknown-object' && composed.fallback) {
          outcome = await ports.link().tell(partner, composed.fallback);
        }
        return judge(delivery, composed.told, outcome);
      }
    }
  }

  function judge(delivery: Delivery, told: Record<string, unknown>, outcome: NoticeOutcome): DeliveryUpdate {
    switch (outcome.kind) {
      case 'acknowledged':
        answered();
        ports.onSuccess();
        return done(delivery, told, outcome.location);
      case 'not-applicable':
        // It was not told: what comes of the object later is not told as if it had been.
        return { ...done(delivery, delivery.told), error: outcome.detail };
      case 'refused':
        answered();
        log.warn(
          { partner: delivery.partnerId, kind: delivery.kind, key: delivery.key, detail: outcome.detail },
          'partner refused an object',
        );
        return { ...update(delivery, 'parked'), error: outcome.detail };
      case 'unknown-object':
        return { ...update(delivery, 'parked'), error: outcome.detail };
      case 'away':
        answered();
        return awayFor(delivery, outcome.detail);
      case 'unreachable':
        return retry(delivery, outcome);
    }
  }

  /**
   * OF-07: nothing is sent to a party that is away. What has to arrive once waits for it; of everything else it reads the
   * state when it is back, and is told the next change in full (HU-07).
   */
  function awayFor(delivery: Delivery, detail: string): DeliveryUpdate {
    if (delivery.kind === 'cdr' || delivery.kind === 'command-result') {
      return { ...postpone(delivery, clock.now() + AWAY_MS), error: detail };
    }
    return { ...done(delivery, {}), error: detail };
  }

  function retry(
    delivery: Delivery,
    outcome: Extract<NoticeOutcome, { kind: 'unreachable' }>,
  ): DeliveryUpdate {
    // The hub answers for a party that does not: the others behind it are not held up.
    if (!outcome.ofParty) failures += 1;
    const now = clock.now();
    lastError = { text: outcome.detail, at: now };
    if (failures >= FAILURES_UNTIL_PAUSE && pausedUntil <= now) {
      const pause = pauseMs(pauses, ports.random(), ports.settings.partnerRetryMs);
      pausedUntil = now + Math.max(outcome.retryAfterMs ?? 0, pause);
      pauses += 1;
      if (pauses >= PAUSES_OF_AN_OUTAGE) isLate = true;
      ports.onPause(pausedUntil, outcome.detail);
    }
    if (delivery.attempts + 1 >= TRIES) return { ...update(delivery, 'parked'), error: outcome.detail };
    const delay = Math.max(outcome.retryAfterMs ?? 0, retryDelayMs(delivery.attempts, ports.random()));
    return {
      ...update(delivery, 'retry'),
      nextAt: Math.max(pausedUntil, now + delay),
      error: outcome.detail,
    };
  }

  function update(delivery: Delivery, outcome: DeliveryUpdate['outcome']): DeliveryUpdate {
    const { partnerId, kind, key, version } = delivery;
    return { partnerId, kind, key, version, outcome, at: clock.now() };
  }

  function done(
    delivery: Delivery,
    told: Record<string, unknown> | undefined,
    remoteUrl?: string,
  ): DeliveryUpdate {
    const acknowledged = update(delivery, 'acknowledged');
    if (told) acknowledged.told = told;
    if (remoteUrl !== undefined) acknowledged.remoteUrl = remoteUrl;
    return acknowledged;
  }

  function postpone(delivery: Delivery, until: number): DeliveryUpdate {
    const postponed = update(delivery, 'postponed');
    postponed.nextAt = until;
    return postponed;
  }

  function stop(): void {
    stopped = true;
    timer?.cancel();
  }

  async function idle(): Promise<void> {
    while (running) await running;
  }

  return {
    wake,
    stop,
    end() {
      ended = true;
      stop();
      return idle();
    },
    state() {
      const paused = pausedUntil > clock.now();
      return {
        state: paused ? 'paused' : running ? 'working' : timer ? 'waiting' : 'idle',
        ...(paused ? { pausedUntil } : {}),
        failures,
        ...(lastError ? { lastError: lastError.text, lastErrorAt: lastError.at } : {}),
      };
    },
    idle,
  };
}
