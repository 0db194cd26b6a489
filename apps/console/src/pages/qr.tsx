import '../qr.css';
import { useState } from 'preact/hooks';
import { encode } from 'uqr';
import { act } from '../api/act.js';
import type { StationView } from '../api/views.js';
import { ActionButton } from '../components/action-button.js';
import { Waiting } from '../components/waiting.js';
import { useLive } from '../live/use-live.js';
import { whoami } from '../live/whoami.js';
import { toField, toStation } from '../routing/paths.js';
import { ACCESS_TEXTS } from '../texts/access.js';

const T = ACCESS_TEXTS.qr;

/** What is printed for the cabinet of a charger, and a way in for one person. */
export function QrPage({ id }: { id: string }) {
  const live = useLive<StationView>(`/stations/${encodeURIComponent(id)}`, [], id);
  const [name, setName] = useState('');
  const [link, setLink] = useState<string>();
  const configured = whoami.value?.console_url;
  const url = `${configured ?? location.origin}${toField(id)}`;
  if (live.missing) return <main>{T.unknown(id)}</main>;
  if (live.value === undefined) {
    return (
      <main>
        <Waiting live={live} />
      </main>
    );
  }
  return (
    <main class="qr-page" data-testid="qr-page">
      <div class="title">
        <h2>{T.title(id)}</h2>
        <a class="end no-print" href={toStation(id)}>
          {T.back}
        </a>
      </div>
      <p class="muted no-print">{T.hint}</p>
      <QrCode text={url} />
      <p class="qr-url">{url}</p>
      {configured === undefined && <p class="tone-waiting no-print">{T.otherAddress}</p>}
      <p class="no-print">
        <button type="button" onClick={() => print()}>
          {T.print}
        </button>
      </p>
      <section class="form no-print">
        <h3>{T.invite}</h3>
        <p class="muted">{T.inviteHint}</p>
        <label>
          {T.inviteName}
          <input value={name} maxLength={60} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <ActionButton
          label={T.make}
          needs="admin"
          testId="make-link"
          act={async () => {
            const body = { role: 'field', path: toField(id), ...(name.trim() ? { name: name.trim() } : {}) };
            setLink((await act<{ url: string }>('POST', '/sign-in-links', body)).url);
            return undefined;
          }}
        />
        {link !== undefined && (
          <>
            <QrCode text={link} />
            <pre data-testid="made-link">{link}</pre>
          </>
        )}
      </section>
    </main>
  );
}

/** Dark on light in any theme: cameras expect it. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={T.alt(text)}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
