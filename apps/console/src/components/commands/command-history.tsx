import { signal } from '@preact/signals';
import type { StationView } from '../../api/views.js';
import { markOf, toneOfStatus } from '../../commands/outcome-text.js';
import type { JsonObject } from '../../commands/schema.js';
import { ageOf, secondsSince } from '../../format.js';
import { type FramePair, latencyOf, pairsOf, payloadOf, statusIn } from '../../frames/pairs.js';
import { useFrames } from '../../live/use-frames.js';
import { setQuery } from '../../routing/location.js';
import { COMMAND_TEXTS as T } from '../../texts/commands.js';
import { TEXTS, type Tone } from '../../texts.js';

const FRAMES_READ = 60;
const SHOWN = 20;
/** After this time an answer is not waited for any more. */
const ANSWER_LIMIT_S = 40;
const ERROR = 4;

/** A payload of an earlier command that the form is to be filled with. */
export const reusedPayload = signal<{ action: string; payload: JsonObject } | undefined>(undefined);

/** What was asked of a station last, by anyone, and what it answered. */
export function CommandHistory({ station, actions }: { station: StationView; actions: readonly string[] }) {
  const { value } = useFrames(station.id, { limit: FRAMES_READ, action: actions.join(',') });
  const pairs = pairsOf(value?.items ?? []).filter(
    ({ call }) => call.direction === 'out' && call.message_type === 2,
  );
  return (
    <section>
      <h3>{T.history}</h3>
      {value === undefined && <p class="muted">{T.historyReading}</p>}
      {value !== undefined && pairs.length === 0 && <p class="empty">{T.historyNone}</p>}
      <ul class="rows frames" data-testid="command-history">
        {pairs.slice(0, SHOWN).map((pair) => (
          <HistoryRow key={pair.call.id} pair={pair} />
        ))}
      </ul>
    </section>
  );
}

function HistoryRow({ pair }: { pair: FramePair }) {
  const { call, answer } = pair;
  const { word, tone } = resultOf(pair);
  const asked = payloadOf(call);
  const told = answer && payloadOf(answer);
  const latency = latencyOf(pair);
  const { action } = call;
  return (
    <li>
      <details>
        <summary class="row-line">
          <b>{action}</b>
          <span class={`tone-${tone}`}>
            {markOf(tone)} {word}
          </span>
          <span class="muted end" title={call.at}>
            {latency !== null && `${TEXTS.station.frames.answeredIn(latency)} · `}
            {TEXTS.ago(ageOf(call.at))}
          </span>
        </summary>
        <pre>{JSON.stringify(asked ?? {}, null, 2)}</pre>
        {answer !== undefined && <pre>{told === undefined ? answer.raw : JSON.stringify(told, null, 2)}</pre>}
        {action !== null && (
          <p>
            <button
              type="button"
              onClick={() => {
                setQuery('command', action);
                reusedPayload.value = { action, payload: asked ?? {} };
              }}
            >
              {T.again}
            </button>
          </p>
        )}
      </details>
    </li>
  );
}

function resultOf({ call, answer }: FramePair): { word: string; tone: Tone } {
  if (answer === undefined) {
    return secondsSince(call.at) < ANSWER_LIMIT_S
      ? { word: T.waiting, tone: 'busy' }
      : { word: T.noAnswer, tone: 'waiting' };
  }
  if (answer.message_type === ERROR) return { word: TEXTS.command.outcome.error, tone: 'bad' };
  const status = statusIn(payloadOf(answer));
  return status === undefined
    ? { word: TEXTS.command.outcome.result, tone: 'good' }
    : { word: status, tone: toneOfStatus(status) };
}
