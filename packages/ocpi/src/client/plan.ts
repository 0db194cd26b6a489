import type { Notice, Partner } from '@roambridge/core';
import type { ActiveChargingProfile, PartyId } from '@roambridge/domain';
import type { ModuleId, VersionAdapter } from '../versions/adapter.js';
import { instant, scalar } from '../wire/fields.js';
import { invoiceRecord } from '../wire/invoice-record.js';
import { project, type Shape, type ShapeOf, type WireObject } from '../wire/project.js';
import { objectUrl } from './object-url.js';

/** One request that tells a notice. */
export interface PlannedRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  body?: WireObject;
  /** Our party that owns the data (OCPI RT-05). */
  from: PartyId;
  /** The partner's party, where the object names it. */
  to?: PartyId;
  correlationId?: string;
}

const ACTIVE_PROFILE = {
  start_date_time: instant,
  charging_profile: {
    start_date_time: instant,
    duration: scalar,
    charging_rate_unit: scalar,
    min_charging_rate: scalar,
    charging_profile_period: { start_period: scalar, limit: scalar },
  },
} satisfies ShapeOf<ActiveChargingProfile>;

/** The profile is only there when it was asked for and found (CP-23). */
const PROFILE_RESULT = { result: scalar, profile: ACTIVE_PROFILE } satisfies Shape;

const STATUS_CHANGE = { status: scalar, last_updated: scalar } satisfies Shape;

/** `isInterface`: no object of the kind can be told, because the partner has no interface for it. */
export type Plan = PlannedRequest | { notApplicable: string; isInterface?: true };

/** Turns a notice into the request of the partner's version. */
export function plan(adapter: VersionAdapter, partner: Partner, notice: Notice): Plan {
  switch (notice.kind) {
    case 'evse-status': {
      const { location, evse } = notice;
      // OCPI LO-11; a version that cannot carry the object is not told about its status either.
      const wire =
        adapter.location.toWire(location) === undefined ? undefined : adapter.location.evseToWire(evse);
      return push(adapter, partner, {
        method: 'PATCH',
        module: 'locations',
        owner: location,
        path: [location.id, evse.uid],
        body: wire === undefined ? undefined : project(wire, STATUS_CHANGE),
      });
    }
    case 'location':
      return push(adapter, partner, {
        method: 'PUT',
        module: 'locations',
        owner: notice.location,
        path: [notice.location.id],
        body: adapter.location.toWire(notice.location),
      });
    case 'location-withdrawn':
      return push(adapter, partner, {
        method: 'PUT',
        module: 'locations',
        owner: notice.location,
        path: [notice.location.id],
        body: adapter.location.withdrawnToWire(notice.location),
      });
    case 'tariff':
      return push(adapter, partner, {
        method: 'PUT',
        module: 'tariffs',
        owner: notice.tariff,
        path: [notice.tariff.id],
        body: adapter.tariff.toWire(notice.tariff),
      });
    case 'tariff-removed':
      return push(adapter, partner, {
        method: 'DELETE',
        module: 'tariffs',
        owner: notice,
        path: [notice.id],
      });
    case 'session':
      return push(adapter, partner, {
        method: 'PUT',
        module: 'sessions',
        owner: notice.session,
        to: notice.session.cdr_token,
        path: [notice.session.id],
        ...correlated(notice),
        body: adapter.session.toWire(notice.session, notice.location),
      });
    case 'session-progress':
      return push(adapter, partner, {
        method: 'PATCH',
        module: 'sessions',
        owner: notice.session,
        to: notice.session.cdr_token,
        path: [notice.session.id],
        ...correlated(notice),
        body: adapter.session.progressToWire(notice.session),
      });
    case 'cdr': {
      const url = endpointUrl(partner, 'cdrs');
      return url === undefined
        ? { notApplicable: 'the partner has no cdrs receiver', isInterface: true }
        : {
            method: 'POST', // OCPI CD-02
            url,
            body: adapter.cdr.toWire(notice.cdr, notice.location),
            from: notice.cdr,
            to: notice.cdr.cdr_token,
            ...correlated(notice),
          };
    }
    case 'invoice': {
      const { record, isNew } = notice;
      const key = [record.country_code, record.party_id, record.id];
      // OCPI IR-02
      return toldOfInvoice(adapter, partner, record, isNew ? 'POST' : 'PUT', isNew ? [] : key, {
        body: invoiceRecord.toWire(record),
      });
    }
    case 'invoice-removed':
      return toldOfInvoice(adapter, partner, notice, 'DELETE', [
        notice.country_code,
        notice.party_id,
        notice.id,
      ]);
    case 'command-result': {
      const body = adapter.commands.resultToWire(notice.result, notice.message);
      return body === undefined
        ? { notApplicable: `OCPI ${adapter.version} has no result ${notice.result}` }
        : {
            method: 'POST',
            url: notice.responseUrl, // exactly as given, OCPI CO-06
            body,
            from: notice.from,
            ...(notice.to === undefined ? {} : { to: notice.to }),
            correlationId: notice.correlationId,
          };
    }
    case 'profile-result':
      return {
        method: 'POST',
        url: notice.responseUrl,
        body: project(notice.active ? { ...notice, profile: notice.active } : notice, PROFILE_RESULT),
        from: notice.from,
        ...(notice.to === undefined ? {} : { to: notice.to }),
        correlationId: notice.correlationId,
      };
    case 'active-charging-profile': {
      const url = endpointUrl(partner, 'chargingprofiles', 'SENDER');
      return url === undefined
        ? { notApplicable: 'the partner has no chargingprofiles sender' }
        : {
            method: 'PUT', // OCPI CP-20
            url: objectUrl(url, [notice.sessionId]),
            body: project(notice.active, ACTIVE_PROFILE),
            from: notice.from,
            to: notice.to,
          };
    }
  }
}

function toldOfInvoice(
  adapter: VersionAdapter,
  partner: Partner,
  { country_code, party_id }: PartyId,
  method: PlannedRequest['method'],
  path: string[],
  body: Pick<PlannedRequest, 'body'> = {},
): Plan {
  const url = adapter.hasInvoices ? endpointUrl(partner, 'invoicereconciliation') : undefined;
  return url === undefined
    ? { notApplicable: 'the partner takes no records of invoices', isInterface: true }
    : {
        method,
        url: path.length === 0 ? url : objectUrl(url, path),
        from: { country_code, party_id },
        ...body,
      };
}

interface Push {
  method: 'PUT' | 'PATCH' | 'DELETE';
  module: ModuleId;
  owner: PartyId;
  to?: PartyId;
  /** Segments after the owner. */
  path: string[];
  /** Present and undefined = the version cannot carry the object. */
  body?: WireObject | undefined;
  correlationId?: string;
}

function correlated({ correlationId }: { correlationId?: string }) {
  return correlationId === undefined ? {} : { correlationId };
}

function push(adapter: VersionAdapter, partner: Partner, request: Push): Plan {
  const endpoint = endpointUrl(partner, request.module);
  if (endpoint === undefined) {
    return { notApplicable: `the partner has no ${request.module} receiver`, isInterface: true };
  }
  if (request.method !== 'DELETE' && request.body === undefined) {
    return { notApplicable: `OCPI ${adapter.version} cannot carry this object` };
  }
  const { country_code, party_id } = request.owner;
  return {
    method: request.method,
    url: objectUrl(endpoint, [country_code, party_id, ...request.path]),
    ...(request.body === undefined ? {} : { body: request.body }),
    from: { country_code, party_id },
    ...(request.to === undefined ? {} : { to: request.to }),
    ...correlated(request),
  };
}

export function endpointUrl(
  partner: Partner,
  module: ModuleId,
  role: 'SENDER' | 'RECEIVER' = 'RECEIVER',
): string | undefined {
  return partner.endpoints.find((each) => each.identifier === module && each.role === role)?.url;
}
