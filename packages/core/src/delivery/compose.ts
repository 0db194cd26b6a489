import { hash } from 'node:crypto';
import { isPriced, type Session } from '@roambridge/domain';
import type { Command } from '../model/command.js';
import type { Delivery } from '../model/delivery.js';
import type { Notice } from '../ports/partner-link.js';
import type { Sources } from './sources.js';

/** What a delivery comes to, by the newest state of its object. */
export type Composed =
  | { kind: 'tell'; notice: Notice; told: Record<string, unknown>; fallback?: Notice }
  /** The partner already knows. */
  | { kind: 'known'; told: Record<string, unknown> }
  /** The object is gone or must not be shown any more. */
  | { kind: 'gone' }
  /** Something else has to be told first. */
  | { kind: 'wait' };

/** Builds what a partner is told now: the newest state, in the shortest form that the partner can apply (D2 table). */
export async function compose(sources: Sources, delivery: Delivery): Promise<Composed> {
  switch (delivery.kind) {
    case 'evse':
      return composeEvse(sources, delivery);
    case 'location':
      return composeLocation(sources, delivery);
    case 'tariff':
      return composeTariff(sources, delivery);
    case 'session':
      return composeSession(sources, delivery);
    case 'cdr':
      return composeCdr(sources, delivery);
    case 'command-result':
      return composeCommandResult(sources, delivery);
    case 'charging-profile':
      return composeChargingProfile(sources, delivery);
    case 'invoice':
      return composeInvoice(sources, delivery);
  }
}

/** After a failure nobody knows what the partner has: it is told in full (OF-05). */
function trusted(delivery: Delivery): Record<string, unknown> | undefined {
  return delivery.attempts === 0 ? delivery.told : undefined;
}

function keyParts(key: string): [string, string, string, string] {
  const [country = '', party = '', id = '', rest = ''] = key.split('/');
  return [country, party, id, rest];
}

async function composeEvse(sources: Sources, delivery: Delivery): Promise<Composed> {
  const [country_code, party_id, id, uid] = keyParts(delivery.key);
  const location = await sources.location({ country_code, party_id, id });
  const evse = location?.evses.find((candidate) => candidate.uid === uid);
  if (!location || !evse) return { kind: 'gone' };
  if (!location.publish) return { kind: 'gone' };
  const told = { status: evse.status, last_updated: evse.last_updated };
  const before = trusted(delivery);
  if (before?.last_updated === evse.last_updated) return { kind: 'known', told };
  if (before === undefined || before.status === evse.status) {
    const whole = await sources.told('location', `${country_code}/${party_id}/${id}`);
    // The location as a whole may have told it.
    if (isAsNew(whole?.told?.last_updated, evse.last_updated)) return { kind: 'known', told };
    // D1-030: it returned to what the partner was told last.
    const since = whole?.acknowledgedAt ?? 0;
    if (before !== undefined && (delivery.acknowledgedAt ?? 0) > since) return { kind: 'known', told };
  }
  return {
    kind: 'tell',
    notice: { kind: 'evse-status', location, evse },
    told,
    fallback: { kind: 'location', location },
  };
}

function isAsNew(told: unknown, lastUpdated: string): boolean {
  return typeof told === 'string' && Date.parse(told) >= Date.parse(lastUpdated);
}

async function composeLocation(sources: Sources, delivery: Delivery): Promise<Composed> {
  const [country_code, party_id, id] = keyParts(delivery.key);
  const location = await sources.location({ country_code, party_id, id });
  if (!location) return { kind: 'gone' };
  if (!location.publish) {
    // LO-07, LO-20: nothing is deleted, but who has it learns that it is not offered any more.
    if (delivery.told === undefined || delivery.told.withdrawn === true) return { kind: 'gone' };
    return {
      kind: 'tell',
      notice: { kind: 'location-withdrawn', location },
      told: { last_updated: location.last_updated, withdrawn: true },
    };
  }
  return {
    kind: 'tell',
    notice: { kind: 'location', location },
    told: { last_updated: location.last_updated },
  };
}

async function composeTariff(sources: Sources, delivery: Delivery): Promise<Composed> {
  const [country_code, party_id, id] = keyParts(delivery.key);
  const tariff = await sources.tariff({ country_code, party_id, id });
  if (tariff)
    return { kind: 'tell', notice: { kind: 'tariff', tariff }, told: { last_updated: tariff.last_updated } };
  if (delivery.told === undefined || delivery.told.removed === true) return { kind: 'gone' };
  return {
    kind: 'tell',
    notice: { kind: 'tariff-removed', country_code, party_id, id },
    told: { removed: true },
  };
}

function composeSession(sources: Sources, delivery: Delivery): Composed {
  const record = sources.session(delivery.key);
  if (!record) return { kind: 'gone' };
  // The exchanges of a transaction are found by its id.
  const { session, transactionId: correlationId } = record;
  const { location } = record.snapshot;
  // A session that nobody heard of needs no end: a reservation for a partner whose version has none (SE-16).
  if (session.status === 'INVALID' && delivery.told === undefined && delivery.attempts === 0) {
    return { kind: 'gone' };
  }
  const told = {
    frame: frameOf(session),
    kwh: session.kwh,
    cost: session.total_cost?.excl_vat ?? null,
    status: session.status,
  };
  const before = trusted(delivery);
  const whole: Notice = { kind: 'session', session, location, correlationId };
  if (before?.frame !== told.frame) return { kind: 'tell', notice: whole, told };
  if (before.kwh === told.kwh && before.cost === told.cost) return { kind: 'known', told };
  const progress: Notice = { kind: 'session-progress', session, location, correlationId };
  return { kind: 'tell', notice: progress, told, fallback: whole };
}

/** Fingerprint of everything but energy, cost and time stamp: while it stays, a change is mere progress. */
function frameOf(session: Session): string {
  const { kwh: _kwh, total_cost: _cost, last_updated: _updated, ...frame } = session;
  return hash('sha1', JSON.stringify(frame), 'base64url');
}

function composeCdr(sources: Sources, delivery: Delivery): Composed {
  const record = sources.cdr(delivery.key);
  if (!record || record.hold !== undefined || !isPriced(record.cdr)) return { kind: 'gone' };
  // D2-083: the partner hears that the session is over before it gets the bill.
  if (sources.isPending(record.cdr.session_id) || sources.awaitsCdr(record)) return { kind: 'wait' };
  return {
    kind: 'tell',
    notice: {
      kind: 'cdr',
      cdr: record.cdr,
      location: record.location,
      correlationId: record.transactionId,
    },
    told: { id: record.cdr.id },
  };
}

async function composeCommandResult(sources: Sources, delivery: Delivery): Promise<Composed> {
  const command = await sources.command(delivery.key);
  const notice = command && resultNotice(command);
  if (!notice) return { kind: 'gone' };
  const told = { result: notice.result };
  // A result is told once; only another one is news (CO-20).
  if (trusted(delivery)?.result === notice.result) return { kind: 'known', told };
  return { kind: 'tell', notice, told };
}

type ResultNotice = Extract<Notice, { kind: 'command-result' | 'profile-result' }>;

function resultNotice(command: Command): ResultNotice | undefined {
  const { correlationId, hostedParty: from, requester } = command;
  const routed = requester ? { from, to: requester } : { from };
  const responseUrl = command.request.response_url;
  switch (command.kind) {
    case 'SET_PROFILE':
    case 'CLEAR_PROFILE':
    case 'GET_PROFILE': {
      const { result } = command;
      if (result === undefined) return undefined;
      const active = command.kind === 'GET_PROFILE' ? command.active : undefined;
      const answer = active ? { active } : {};
      return { kind: 'profile-result', responseUrl, result, ...answer, correlationId, ...routed };
    }
    default: {
      const { result } = command;
      return result && { kind: 'command-result', responseUrl, result, correlationId, ...routed };
    }
  }
}

/** CP-20: what the charger applies to a session now. */
async function composeChargingProfile(sources: Sources, delivery: Delivery): Promise<Composed> {
  const profile = await sources.chargingProfile(delivery.key);
  if (!profile?.active || !profile.setByPartner) return { kind: 'gone' };
  const { sessionId, active, from, to, updatedAt } = profile;
  const told = { updatedAt };
  if (trusted(delivery)?.updatedAt === updatedAt) return { kind: 'known', told };
  return { kind: 'tell', notice: { kind: 'active-charging-profile', sessionId, active, from, to }, told };
}

/** IR-02: an invoice of ours, posted once and put when it changes; deleted when it was a mistake. */
async function composeInvoice(sources: Sources, delivery: Delivery): Promise<Composed> {
  const [country_code, party_id, id] = keyParts(delivery.key);
  const record = await sources.invoice({ country_code, party_id, id });
  const isThere = delivery.told !== undefined && delivery.told.removed !== true;
  if (record) {
    const told = { last_updated: record.last_updated };
    return { kind: 'tell', notice: { kind: 'invoice', record, isNew: !isThere }, told };
  }
  // After a failure nobody knows whether the partner has it.
  if (!isThere && delivery.attempts === 0) return { kind: 'gone' };
  return {
    kind: 'tell',
    notice: { kind: 'invoice-removed', country_code, party_id, id },
    told: { removed: true },
  };
}
