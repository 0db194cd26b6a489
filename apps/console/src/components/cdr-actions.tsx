import { act } from '../api/act.js';
import type { CdrView } from '../api/views.js';
import { navigate } from '../routing/location.js';
import { toCdr } from '../routing/paths.js';
import { TEXTS } from '../texts.js';
import { ActionButton } from './action-button.js';

const T = TEXTS.cdr;

/** What the gateway answers: the CDR, or a credit with the CDR that follows it. */
interface Made {
  id?: string;
  cdr?: { id: string };
}

/** Sending a held CDR, taking one back and making it anew; all ask for the reason. */
export function CdrActions({ cdr }: { cdr: CdrView }) {
  if (cdr.credit === true) return null;
  const path = `/cdrs/${encodeURIComponent(cdr.id)}`;
  const decide = (verb: 'credit' | 'correct' | 'release', question: string) => async () => {
    const reason = prompt(question)?.trim();
    if (!reason) return undefined;
    const made = await act<Made>('POST', `${path}/${verb}`, { reason });
    const id = made.cdr?.id ?? made.id;
    if (id !== undefined) navigate(toCdr(id));
    return undefined;
  };
  return (
    <p class="buttons">
      {cdr.hold !== undefined && cdr.total_cost !== undefined && (
        <ActionButton
          label={T.release}
          needs="admin"
          testId="release"
          act={decide('release', T.releaseReason(cdr.id))}
        />
      )}
      {cdr.delivery?.state === 'acknowledged' && (
        <ActionButton
          label={T.credit}
          needs="admin"
          testId="credit"
          act={decide('credit', T.creditReason(cdr.id))}
        />
      )}
      <ActionButton
        label={T.correct}
        needs="admin"
        testId="correct"
        act={decide('correct', T.correctReason(cdr.id))}
      />
    </p>
  );
}
