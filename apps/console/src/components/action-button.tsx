import { useState } from 'preact/hooks';

/** A button for something that changes the world: asks first where `confirm` is given, says what became of it. */
export function ActionButton(button: {
  label: string;
  act: () => Promise<string | undefined>;
  confirm?: string;
  disabled?: boolean;
  testId?: string;
}) {
  const [outcome, setOutcome] = useState<{ text: string; failed: boolean } | undefined>();
  const [busy, setBusy] = useState(false);
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
        disabled={busy || button.disabled === true}
        onClick={press}
        aria-busy={busy}
        data-testid={button.testId}
      >
        {button.label}
      </button>
      <output class={outcome?.failed ? 'tone-bad' : 'muted'}>{outcome?.text}</output>
    </span>
  );
}
