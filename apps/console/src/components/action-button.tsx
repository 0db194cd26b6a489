import { useId, useState } from 'preact/hooks';
import type { Role } from '../api/console-views.js';
import { whyNotAllowed } from '../live/whoami.js';

/** A button for something that changes the world: asks first where `confirm` is given, says what became of it. */
export function ActionButton(button: {
  label: string;
  act: () => Promise<string | undefined>;
  confirm?: string;
  disabled?: boolean;
  /** Least role for it; with a lesser one the button says so. */
  needs?: Role;
  testId?: string;
}) {
  const [outcome, setOutcome] = useState<{ text: string; failed: boolean } | undefined>();
  const [busy, setBusy] = useState(false);
  const outcomeId = useId();
  const denied = whyNotAllowed(button.needs);
  const press = async () => {
    if (button.confirm !== undefined && !confirm(button.confirm)) return;
    setBusy(true);
    setOutcome(undefined);
    try {
      const text = await button.act();
      setOutcome(text === undefined ? undefined : { text, failed: false });
    } catch (error) {
      setOutcome({ text: error instanceof Error ? error.message : String(error), failed: true });
    }
    setBusy(false);
  };
  return (
    <span class="action">
      <button
        type="button"
        disabled={busy || button.disabled === true || denied !== undefined}
        onClick={press}
        aria-busy={busy}
        aria-describedby={outcomeId}
        data-testid={button.testId}
      >
        {button.label}
      </button>
      <output id={outcomeId} class={outcome?.failed ? 'tone-bad' : 'muted'}>
        {outcome?.text ?? denied}
      </output>
    </span>
  );
}
