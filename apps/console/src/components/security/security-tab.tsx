import '../../station-tabs.css';
import { callStation } from '../../api/act.js';
import type { StationSecurity } from '../../api/station-views.js';
import type { StationView } from '../../api/views.js';
import { outcomeText } from '../../commands/outcome-text.js';
import { isOcpp16 } from '../../commands/protocol.js';
import { ageOf, duration, secondsSince } from '../../format.js';
import { SECURITY_TEXTS as T } from '../../texts/security.js';
import { ActionButton } from '../action-button.js';
import { Facts } from '../facts.js';
import { JobList } from '../files/job-list.js';
import { InstalledCertificates } from './installed-certificates.js';
import { SecurityEvents } from './security-events.js';

type Secured = StationView & Partial<StationSecurity>;

/** A certificate that ends within this time needs someone. */
const RENEW_BEFORE_S = 30 * 86_400;

/** How a station proves who it is, what it trusts, and what it told about its security. */
export function SecurityTab({ station }: { station: Secured }) {
  const {
    security_profile: entered,
    connection_security_profile: used,
    password_rotation: rotation,
  } = station;
  const next = station.next_security_profile;
  return (
    <div class="tab">
      <section>
        <Facts
          facts={[
            [T.entered, T.profiles[entered]],
            [T.connected, used === undefined ? undefined : T.profiles[used]],
            [T.next, next === undefined ? undefined : T.profiles[next]],
            [T.password, rotation && T.rotation(rotation.accepted, timeLeft(rotation.until))],
          ]}
        />
        {used !== undefined && used < entered && <p class="tone-waiting">{T.weaker}</p>}
      </section>
      <OwnCertificate station={station} />
      <InstalledCertificates station={station} />
      <section>
        <h3>{T.jobs}</h3>
        <JobList stationId={station.id} kinds={['certificate']} none={T.noJobs} />
      </section>
      <SecurityEvents station={station} />
    </div>
  );
}

function OwnCertificate({ station }: { station: Secured }) {
  const { certificate } = station;
  const renew = async () => {
    const [action, requestedMessage] = isOcpp16(station.protocol)
      ? (['ExtendedTriggerMessage', 'SignChargePointCertificate'] as const)
      : (['TriggerMessage', 'SignChargingStationCertificate'] as const);
    return outcomeText(await callStation(station.id, action, { requestedMessage }));
  };
  return (
    <section class="tab-actions">
      <h3>{T.own}</h3>
      {certificate === undefined ? (
        <p class="empty">{T.noOwn}</p>
      ) : (
        <Facts
          facts={[
            [T.subject, certificate.common_name],
            [T.expires, <Expiry key="expiry" at={certificate.expires_at} />],
            [T.fingerprint, certificate.fingerprint],
          ]}
        />
      )}
      <p class="buttons">
        <ActionButton
          label={certificate === undefined ? T.first : T.renew}
          needs="field"
          confirm={T.renewConfirm(station.id)}
          act={renew}
        />
      </p>
    </section>
  );
}

function Expiry({ at }: { at: string }) {
  const left = -secondsSince(at);
  const tone = left < 0 ? 'bad' : left < RENEW_BEFORE_S ? 'waiting' : 'good';
  const text =
    left < 0
      ? T.expired(ageOf(at))
      : left < RENEW_BEFORE_S
        ? T.expiresSoon(duration(left))
        : T.expiresIn(duration(left));
  return (
    <span class={`tone-${tone}`} title={at}>
      {text} <span class="muted">({at.slice(0, 10)})</span>
    </span>
  );
}

const timeLeft = (until: string): string => duration(-secondsSince(until));
