import { act } from '../api/act.js';
import type { DeliveryView, ExchangeView, Page, PartnerView } from '../api/views.js';
import { ActionButton } from '../components/action-button.js';
import { DeliveryList } from '../components/delivery-list.js';
import { DowngradeList } from '../components/downgrade-list.js';
import { ExchangeList } from '../components/exchange-list.js';
import { Facts } from '../components/facts.js';
import { LaneState } from '../components/lane-list.js';
import { later } from '../components/later.js';
import { PartnerChecks } from '../components/partner-checks.js';

import { ageOf } from '../format.js';
import { UNTOLD_S, useEvery } from '../live/use-every.js';
import { useLive } from '../live/use-live.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.partners;
const Policies = later(() => import('../components/policy/policies.js').then(({ Policies }) => Policies));

/** One partner: how it is told, what it still has to be told, and what was said. */
export function PartnerPage({ id }: { id: string }) {
  const path = `/partners/${encodeURIComponent(id)}`;
  const { value: partner, missing, again } = useLive<PartnerView>(path, ['partner', 'delivery']);
  const query = `partner_id=${encodeURIComponent(id)}&limit=100`;
  const pending = useLive<Page<DeliveryView>>(`/deliveries?${query}&state=pending`, ['delivery']);
  const parked = useLive<Page<DeliveryView>>(`/deliveries?${query}&state=parked`, ['delivery']);
  const exchanges = useLive<Page<ExchangeView>>(`${path}/exchanges?limit=50`, ['delivery', 'partner']);
  useEvery(UNTOLD_S, pending.again);
  useEvery(UNTOLD_S, again);
  if (missing) return <main>{T.unknown(id)}</main>;
  if (partner === undefined) return <main class="muted">{TEXTS.loading}</main>;
  const open = [...(parked.value?.items ?? []), ...(pending.value?.items ?? [])];
  const does = (verb: 'pause' | 'resume') => async () => {
    await act('POST', `${path}/${verb}`);
    again();
    return undefined;
  };
  return (
    <main data-testid="partner-page">
      <div class="title">
        <h2>{partner.name}</h2>
        <LaneState partner={partner} />
        <span class="end buttons">
          {partner.paused ? (
            <ActionButton label={T.actions.resume} needs="admin" act={does('resume')} />
          ) : (
            <ActionButton
              label={T.actions.pause}
              needs="admin"
              confirm={TEXTS.command.confirm(T.actions.pause, partner.name)}
              act={does('pause')}
            />
          )}
        </span>
      </div>
      {partner.lane.last_error !== undefined && partner.lane.failures > 0 && (
        <p class="tone-bad">{partner.lane.last_error}</p>
      )}
      <Facts
        facts={[
          ['OCPI', partner.version],
          [T.registeredAt, partner.registered_at && TEXTS.ago(ageOf(partner.registered_at))],
          [T.tokenEncoding, partner.token_encoding],
          [T.lastSuccess, ageOrNever(partner.last_success_at)],
          [T.lastInbound, ageOrNever(partner.last_inbound_at)],
          [
            T.roles,
            partner.roles
              .map(({ role, country_code, party_id, name }) => `${role} ${country_code}*${party_id} ${name}`)
              .join(', '),
          ],
          ['versions', partner.versions_url],
        ]}
      />
      <section>
        <h3>{T.deliveries}</h3>
        {parked.value !== undefined && pending.value !== undefined && open.length === 0 && (
          <p class="tone-good">✓ {T.noDeliveries}</p>
        )}
        <DeliveryList
          deliveries={open}
          partners={[partner]}
          onDecided={() => {
            parked.again();
            pending.again();
          }}
        />
      </section>
      <PartnerChecks partner={partner} />
      <section>
        <h3>{T.exchanges}</h3>
        <ExchangeList exchanges={exchanges.value?.items ?? []} />
      </section>
      <section id="downgrades">
        <h3>{T.downgrades}</h3>
        <DowngradeList partnerId={id} />
      </section>
      <Policies partner={partner} onSaved={again} />
      <section>
        <h3>{T.endpoints}</h3>
        <ul class="lines">
          {partner.endpoints.map(({ identifier, role, url }) => (
            <li key={identifier + role}>
              <b>{identifier}</b> {role.toLowerCase()} <span class="muted">{url}</span>
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}

function ageOrNever(time: string | undefined): string {
  return time === undefined ? T.never : TEXTS.ago(ageOf(time));
}
