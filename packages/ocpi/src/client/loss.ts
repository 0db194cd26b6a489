import type { ObjectLoss, Partner } from '@roambridge/core';
import type { Location, Tariff } from '@roambridge/domain';
import type { VersionAdapter } from '../versions/adapter.js';
import { ADAPTERS, adapterOf } from '../versions/registry.js';
import type { WireObject } from '../wire/project.js';
import { parseDateTime } from '../wire/time.js';

/** The version that can carry everything that we have. */
const FULL = ADAPTERS['2.3.0'];

/** Members that say the same under another name, by version (OCPI section 17). */
const RENAMED: Record<string, Record<string, string>> = {
  '2.1.1': { max_voltage: 'voltage', max_amperage: 'amperage', tariff_ids: 'tariff_id', category: 'source' },
};
/** Members that are told otherwise: by the URL, or by whether the object is told at all. */
const TOLD_OTHERWISE = new Set([
  'country_code',
  'party_id',
  'publish',
  'last_updated',
  'type',
  'tax_included',
]);
/** Members that are written in another form, and without loss. */
const REWRITTEN = new Set(['min_price', 'max_price', 'latitude', 'longitude', 'price']);
const OBJECT_OF: Record<string, string> = {
  evses: 'EVSE',
  connectors: 'Connector',
  parking_places: 'Parking',
};

export type LossSubject = { kind: 'location'; location: Location } | { kind: 'tariff'; tariff: Tariff };

/** What the partner's version has no place for, found by comparing what is sent with what the newest version carries. */
export function lossOf(partner: Partner, subject: LossSubject): ObjectLoss {
  const adapter = adapterOf(partner.version);
  if (adapter === undefined) return { notTold: true, lost: [] };
  const full = wireOf(FULL, subject);
  const told = wireOf(adapter, subject);
  if (told === undefined || full === undefined) {
    const name = subject.kind === 'location' ? 'Location' : 'Tariff';
    return { notTold: true, lost: [`${name} as a whole`] };
  }
  const lost: string[] = [];
  compare(
    full,
    told,
    subject.kind === 'location' ? 'Location' : 'Tariff',
    RENAMED[adapter.version] ?? {},
    lost,
  );
  return { notTold: false, lost };
}

function wireOf(adapter: VersionAdapter, subject: LossSubject): WireObject | undefined {
  return subject.kind === 'location'
    ? adapter.location.toWire(subject.location)
    : adapter.tariff.toWire(subject.tariff);
}

function compare(
  full: object,
  told: object,
  place: string,
  renamed: Record<string, string>,
  lost: string[],
): void {
  const toldMembers = new Map<string, unknown>(Object.entries(told));
  for (const [name, value] of Object.entries(full)) {
    if (TOLD_OTHERWISE.has(name)) continue;
    const theirs = toldMembers.get(name) ?? toldMembers.get(renamed[name] ?? name);
    compareMember(value, theirs, { name, place, renamed }, lost);
  }
}

interface Member {
  name: string;
  place: string;
  renamed: Record<string, string>;
}

function compareMember(value: unknown, theirs: unknown, member: Member, lost: string[]): void {
  const path = `${member.place}.${member.name}`;
  if (theirs === undefined) {
    if (!(Array.isArray(value) && value.length === 0)) lost.push(path);
    return;
  }
  if (REWRITTEN.has(member.name)) return;
  if (Array.isArray(value)) compareLists(value, Array.isArray(theirs) ? theirs : [theirs], member, lost);
  else if (isObject(value) && isObject(theirs)) compare(value, theirs, path, member.renamed, lost);
  else if (!isSame(value, theirs))
    lost.push(typeof value === 'string' && value.length > 20 ? path : `${path}=${String(value)}`);
}

function compareLists(full: unknown[], told: unknown[], member: Member, lost: string[]): void {
  const place = OBJECT_OF[member.name] ?? `${member.place}.${member.name}`;
  const rest = [...told];
  for (const [index, item] of full.entries()) {
    if (!isObject(item)) {
      if (!told.includes(item)) lost.push(`${place}=${String(item)}`);
      continue;
    }
    const key = 'uid' in item ? 'uid' : 'id' in item ? 'id' : undefined;
    const at = rest.findIndex((each) => isObject(each) && key !== undefined && each[key] === item[key]);
    const theirs = key === undefined ? told[index] : at < 0 ? undefined : rest.splice(at, 1)[0];
    if (isObject(theirs)) compare(item, theirs, place, member.renamed, lost);
    else lost.push(key === undefined ? place : `${place} as a whole`);
  }
}

function isSame(ours: unknown, theirs: unknown): boolean {
  if (ours === theirs) return true;
  if (typeof ours !== 'string' || typeof theirs !== 'string') return false;
  const [at, other] = [parseDateTime(ours), parseDateTime(theirs)];
  return at !== undefined && other !== undefined && Math.abs(at - other) < 1_000;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
