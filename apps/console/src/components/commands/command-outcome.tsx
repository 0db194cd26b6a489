import type { CallOutcomeView } from '../../api/views.js';
import { markOf, toneOfOutcome } from '../../commands/outcome-text.js';
import { isObject } from '../../commands/schema.js';
import { statusIn } from '../../frames/pairs.js';
import { COMMAND_TEXTS as T } from '../../texts/commands.js';

export type Outcome =
  | { kind: 'waiting'; action: string }
  | { kind: 'answered'; answer: CallOutcomeView }
  /** Refused here or by the gateway; `problems` by JSON pointer. */
  | { kind: 'not-sent'; text: string; problems: readonly (readonly [pointer: string, text: string])[] };

/** What became of a command: always a sentence, never a colour alone. */
export function CommandOutcome({ outcome }: { outcome: Outcome | undefined }) {
  return (
    <output class="outcome" aria-live="polite" data-testid="command-outcome">
      {outcome !== undefined && <Said outcome={outcome} />}
    </output>
  );
}

function Said({ outcome }: { outcome: Outcome }) {
  if (outcome.kind === 'waiting') return <p class="banner tone-busy">… {T.sending(outcome.action)}</p>;
  if (outcome.kind === 'not-sent') {
    return (
      <div class="banner tone-bad">
        <b>✗ {outcome.text}</b>
        <ul>
          {outcome.problems.map(([pointer, text]) => (
            <li key={pointer}>
              {pointer.slice(1)}: {text}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const { answer } = outcome;
  const tone = toneOfOutcome(answer);
  const status = answer.outcome === 'result' ? statusIn(answer.payload) : undefined;
  return (
    <div class={`banner tone-${tone}`}>
      <b>
        {markOf(tone)} {T.outcomes[answer.outcome]}
        {status !== undefined && `: ${status}`}
      </b>
      {answer.error !== undefined && <p>{T.reason(answer.error.code, answer.error.description)}</p>}
      {reasonIn(answer.payload) !== undefined && <p>{reasonIn(answer.payload)}</p>}
      {answer.payload !== undefined && Object.keys(answer.payload).length > 0 && (
        <pre>{JSON.stringify(answer.payload, null, 2)}</pre>
      )}
    </div>
  );
}

/** Why a charger of OCPP 2.x did not do it. */
function reasonIn(payload: Record<string, unknown> | undefined): string | undefined {
  const info = payload?.statusInfo;
  if (!isObject(info)) return undefined;
  return T.reason(String(info.reasonCode ?? ''), String(info.additionalInfo ?? ''));
}
