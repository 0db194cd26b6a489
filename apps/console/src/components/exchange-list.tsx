import type { ExchangeView } from '../api/views.js';
import { clockTime } from '../format.js';
import { toTrace } from '../routing/paths.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.partners;
const OCPI_SUCCESS = 1_000;

/** HTTP exchanges with a partner, newest first; each opens to its bodies. */
export function ExchangeList({ exchanges }: { exchanges: readonly ExchangeView[] }) {
  if (exchanges.length === 0) return <p class="empty">{T.noExchanges}</p>;
  return (
    <ul class="rows frames">
      {exchanges.map((exchange) => (
        <ExchangeRow key={exchange.id} exchange={exchange} />
      ))}
    </ul>
  );
}

export function ExchangeRow({ exchange }: { exchange: ExchangeView }) {
  const { at, direction, method, url, latency_ms: latency, request_body, response_body, error } = exchange;
  return (
    <li>
      <details>
        <summary class="row-line">
          <span class="muted time" title={at}>
            {clockTime(at)}
          </span>
          <span
            class="arrow"
            role="img"
            aria-label={direction === 'out' ? TEXTS.trace.toPartner : TEXTS.trace.fromPartner}
          >
            {direction === 'out' ? '→' : '←'}
          </span>
          <b>{method}</b>
          <span class="shrink whole">{pathOf(url)}</span>
          <span class={`end tone-${isGood(exchange) ? 'good' : 'bad'}`}>{answerText(exchange)}</span>
          <span class="muted">{TEXTS.station.frames.answeredIn(latency)}</span>
        </summary>
        <p class="muted">{url}</p>
        {error !== null && <p class="tone-bad">{error}</p>}
        {request_body !== null && <pre>{pretty(request_body)}</pre>}
        {response_body !== null && <pre>{pretty(response_body)}</pre>}
        {exchange.correlation_id !== null && (
          <p>
            <a href={toTrace(exchange.correlation_id)}>{TEXTS.station.frames.trace}</a>
          </p>
        )}
      </details>
    </li>
  );
}

function isGood({ http_status: http, status_code: ocpi }: ExchangeView): boolean {
  return http !== null && http < 400 && (ocpi === null || ocpi === OCPI_SUCCESS);
}

function answerText({ http_status: http, status_code: ocpi }: ExchangeView): string {
  if (http === null) return T.noAnswer;
  return ocpi === null ? String(http) : `${http} · ${ocpi}`;
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
