import { act } from '../api/act.js';
import type { CdrView } from '../api/views.js';
import { navigate } from '../routing/location.js';
import { toCdr } from '../routing/paths.js';
import { TEXTS } from '../texts.js';
import { ActionButton } from './action-button.js';
import { CorrectionForm } from './correction-form.js';

const T = TEXTS.cdr;

/** Sending a held CDR, taking one back and making it anew; all ask for the reason. */
export function CdrActions({ cdr }: { cdr: CdrView }) {
  if (cdr.credit === true) return null;
  const path = `/cdrs/${encodeURIComponent(cdr.id)}`;
  const decide = (verb: 'credit' | 'release', question: string) => async () => {
    const reason = prompt(question)?.trim();
    if (!reason) return undefined;
    const made = await act<{ id: string }>('POST', `${path}/${verb}`, { reason });
    navigate(toCdr(made.id));
    return undefined;
  };
  return (
    <>
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
      </p>
      <CorrectionForm key={cdr.id} cdr={cdr} />
    </>
  );
}
