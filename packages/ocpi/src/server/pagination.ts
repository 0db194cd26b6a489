import type { ListPage, PartnerPage } from '@roambridge/core';
import { invalid } from '../errors.js';
import type { WireObject } from '../wire/project.js';
import { parseDateTime } from '../wire/time.js';
import type { Reply } from './exchange.js';

const DEFAULT_LIMIT = 50; // objects per page
const MAX_LIMIT = 250; // objects per page
const MAX_OFFSET = 2_147_483_647;

/** Reads offset, limit and the date filters; a bad one is named (OCPI PG-01, PG-12, ST-17). */
export function readPage(query: URLSearchParams): PartnerPage {
  const dateFrom = readDate(query, 'date_from');
  const dateTo = readDate(query, 'date_to');
  const after = readPosition(query);
  const total = readInteger(query, 'total', 0);
  return {
    ...(dateFrom === undefined ? {} : { dateFrom }),
    ...(dateTo === undefined ? {} : { dateTo }),
    // Both come from a link of ours; a total by itself means nothing.
    ...(after === undefined ? {} : { after, ...(total === undefined ? {} : { total }) }),
    offset: readInteger(query, 'offset', 0) ?? 0,
    limit: Math.min(readInteger(query, 'limit', 1) ?? DEFAULT_LIMIT, MAX_LIMIT), // OCPI PG-07
  };
}

/** A list with its paging headers; objects that the version cannot carry are left out (OCPI PG-04 to PG-06). */
export function pageReply<T>(options: {
  page: PartnerPage;
  list: ListPage<T>;
  query: URLSearchParams;
  /** Public URL of this list. */
  url: string;
  toWire(item: T): WireObject | undefined;
}): Reply {
  const { page, list, query, url, toWire } = options;
  return {
    data: list.items.map(toWire).filter((item) => item !== undefined),
    headers: {
      'X-Total-Count': String(list.total),
      'X-Limit': String(MAX_LIMIT),
      ...(list.next === undefined
        ? {}
        : { Link: `<${nextUrl(url, query, { page, total: list.total, after: list.next })}>; rel="next"` }),
    },
  };
}

/**
 * The link says where this page ended: objects that come to match or cease to meanwhile leave no hole and come no second
 * time. `offset` is there for people (PG-04).
 */
function nextUrl(
  url: string,
  query: URLSearchParams,
  { page, total, after }: { page: PartnerPage; total: number; after: string },
): string {
  const next = new URLSearchParams();
  for (const filter of ['date_from', 'date_to']) {
    const value = query.get(filter);
    if (value !== null) {
      next.set(filter, value);
    }
  }
  next.set('offset', String(page.offset + page.limit));
  next.set('limit', String(page.limit));
  next.set('after', after);
  next.set('total', String(total));
  return `${url}?${next.toString()}`;
}

function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) {
    throw invalid(name, 'must be given once');
  }
  return values[0];
}

function readDate(query: URLSearchParams, name: string): number | undefined {
  const text = single(query, name);
  if (text === undefined) {
    return undefined;
  }
  const at = parseDateTime(text);
  if (at === undefined) {
    throw invalid(name, 'must be a DateTime in UTC');
  }
  return at;
}

function readPosition(query: URLSearchParams): string | undefined {
  const text = single(query, 'after');
  if (text !== undefined && !/^\d{1,16}(\.\d{1,16})?$/.test(text)) {
    throw invalid('after', 'must be one from a link of this list');
  }
  return text;
}

function readInteger(query: URLSearchParams, name: string, min: number): number | undefined {
  const text = single(query, name);
  if (text === undefined) {
    return undefined;
  }
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= MAX_OFFSET)) {
    throw invalid(name, `must be an integer of at least ${min}`);
  }
  return value;
}
