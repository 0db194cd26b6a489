import type { Notice, Partner } from '@roambridge/core';
import { adapterOf } from '../versions/registry.js';
import { type Plan, plan } from './plan.js';

/** The request that tells a partner of a notice, in the form of its version, without sending it. */
export function planRequest(partner: Partner, notice: Notice): Plan {
  const adapter = adapterOf(partner.version);
  return adapter === undefined
    ? { notApplicable: 'the partner is not registered' }
    : plan(adapter, partner, notice);
}

/** Whether a connection of the partner's version is about one party of ours (OCPI CR-02). */
export function hasOneParty(partner: Partner): boolean {
  return adapterOf(partner.version)?.hasOneParty ?? false;
}

/** Whether a connector of the partner's version names a single tariff (OCPI MP-03). */
export function namesOneTariff(partner: Partner): boolean {
  return adapterOf(partner.version)?.hasOneTariff ?? false;
}

/** Whether the partner's version has a way to take a CDR back (OCPI CD-20, CD-25). */
export function takesCredits(partner: Partner): boolean {
  return adapterOf(partner.version)?.hasCreditCdrs ?? false;
}

/** Whether the partner's version can say what a reservation costs (OCPI MP-08, MP-10). */
export function billsReservations(partner: Partner): boolean {
  return adapterOf(partner.version)?.hasReservationPrices ?? false;
}
