import { useState } from 'preact/hooks';
import { callStation } from '../api/act.js';
import type { Page, StationView, TransactionView, UnknownStationView } from '../api/views.js';
import { fieldActions } from '../commands/field-actions.js';
import { outcomeText } from '../commands/outcome-text.js';
import { ActionButton } from '../components/action-button.js';
import { CheckList } from '../components/check-list.js';
import { EvseCard } from '../components/evse-card.js';
import { Findings } from '../components/findings.js';
import { FrameList } from '../components/frame-list.js';
import { RefusalList } from '../components/refusal-list.js';
import { StationFacts } from '../components/station-state.js';
import { addressText, ageOf } from '../format.js';
import { useFindings } from '../live/use-evidence.js';
import { useFrames } from '../live/use-frames.js';
import { useLive } from '../live/use-live.js';
import { toStation } from '../routing/paths.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.field;
const FRAMES = 20;
const TLS_FROM_PROFILE = 2;
/** A token that no partner has; the operator enters it as one of his own cards. */
const TEST_TOKEN = 'TEST-TOKEN';

/** The page for the person next to the charger: one column, big, in the order in which one looks. */
export function FieldPage({ id }: { id: string }) {
  const path = `/stations/${encodeURIComponent(id)}`;
  const { value: station, missing } = useLive<StationView>(path, ['station', 'transaction', 'session'], id);
  const frames = useFrames(id, { limit: FRAMES });
  const findings = useFindings(station, frames.value?.items ?? []);
  const transactions = useLive<Page<TransactionView>>(
    `/transactions?station_id=${encodeURIComponent(id)}&limit=20`,
    ['transaction'],
    id,
  );
  const refusals = useLive<Page<UnknownStationView>>('/unknown-stations?limit=200', [
    'unknown-station',
    'station',
  ]);
  const refused = (refusals.value?.items ?? []).filter((one) => one.id === id);
  if (missing) {
    return (
      <main class="field">
        <h2>{T.title(id)}</h2>
        <p class="tone-bad">{TEXTS.station.unknown(id)}</p>
        <RefusalList refusals={refused} />
        {refused.length === 0 && <Address id={id} />}
      </main>
    );
  }
  if (station === undefined) return <main class="field muted">{TEXTS.loading}</main>;
  return (
    <main class="field" data-testid="field-page">
      <div class="title">
        <h2>{T.title(id)}</h2>
        <a class="end" href={toStation(id)}>
          {T.allPages}
        </a>
      </div>
      <p class={`banner ${station.connected ? 'tone-good' : 'tone-bad'}`} data-testid="field-connection">
        <b>
          {station.connected
            ? `✓ ${T.connected(station.connected_since === undefined ? '' : ageOf(station.connected_since))}`
            : `✗ ${T.disconnected}`}
        </b>
        <span class="banner-facts">
          {[
            station.protocol ?? TEXTS.noProtocol,
            TEXTS.securityProfile(station.security_profile),
            addressText(station.remote_address),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      <section>
        <h3>{TEXTS.station.why}</h3>
        <Findings findings={findings} />
      </section>
      {refused.length > 0 && (
        <section>
          <h3>{T.attempts}</h3>
          <RefusalList refusals={refused} />
        </section>
      )}
      {!station.connected && refused.length === 0 && (
        <Address id={id} securityProfile={station.security_profile} />
      )}
      <section>
        <h3>{T.connectors}</h3>
        <ul class="cards">
          {station.evses.map((evse) => (
            <EvseCard key={evse.evse_id} stationId={id} evse={evse} folded />
          ))}
        </ul>
      </section>
      <Actions station={station} transactions={transactions.value?.items ?? []} />
      <CheckList
        station={station}
        frames={frames.value?.items ?? []}
        transactions={transactions.value?.items ?? []}
      />
      <section>
        <h3>{T.frames}</h3>
        <FrameList frames={frames.value?.items ?? []} />
      </section>
      <StationFacts station={station} />
    </main>
  );
}

/** What to type into the charger. */
function Address({ id, securityProfile = 0 }: { id: string; securityProfile?: number }) {
  return (
    <section>
      <h3>{T.url}</h3>
      <pre>{`${securityProfile >= TLS_FROM_PROFILE ? 'wss' : 'ws'}://${T.urlHost}/ocpp/${encodeURIComponent(id)}`}</pre>
      <p class="muted">{T.urlNote}</p>
    </section>
  );
}

function Actions({
  station,
  transactions,
}: {
  station: StationView;
  transactions: readonly TransactionView[];
}) {
  const [idToken, setIdToken] = useState(TEST_TOKEN);
  if (!station.connected) return <p class="muted">{TEXTS.command.offline}</p>;
  return (
    <section>
      <h3>{T.actions}</h3>
      <label>
        {T.testToken}
        <input value={idToken} onInput={(event) => setIdToken(event.currentTarget.value.trim())} />
      </label>
      {station.evses.map((evse) => {
        const running = transactions.find((one) => one.open && one.evse_id === evse.evse_id);
        const target = {
          station,
          evse,
          idToken,
          ...(running ? { ocppTransactionId: running.ocpp_transaction_id } : {}),
        };
        return (
          <div key={evse.evse_id} class="field-actions">
            <h4>{TEXTS.evse(evse.evse_id)}</h4>
            {fieldActions(target).map(({ name, action, payload, confirms }) => (
              <ActionButton
                key={name}
                label={T.actionNames[name]}
                needs="field"
                testId={`field-${name}-${evse.evse_id}`}
                {...(confirms ? { confirm: TEXTS.command.confirm(T.actionNames[name], station.id) } : {})}
                act={async () => outcomeText(await callStation(station.id, action, payload))}
              />
            ))}
          </div>
        );
      })}
    </section>
  );
}
