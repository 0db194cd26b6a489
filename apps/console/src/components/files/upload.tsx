import { useState } from 'preact/hooks';
import { sendFile } from '../../api/act.js';
import { whyNotAllowed } from '../../live/whoami.js';
import { FILE_TEXTS as T } from '../../texts/files.js';

/** Sends a file from this computer to the gateway. */
export function Upload({ onUploaded }: { onUploaded: () => void }) {
  const [outcome, setOutcome] = useState<{ text: string; failed: boolean } | undefined>();
  const denied = whyNotAllowed('admin');
  const send = async (file: File | undefined) => {
    if (file === undefined) return;
    setOutcome({ text: T.uploading(file.name), failed: false });
    try {
      await sendFile(file);
      setOutcome({ text: T.uploaded(file.name), failed: false });
      onUploaded();
    } catch (error) {
      setOutcome({ text: `✗ ${error instanceof Error ? error.message : String(error)}`, failed: true });
    }
  };
  return (
    <div class="form">
      <label>
        {T.upload}
        <input
          type="file"
          data-testid="upload"
          disabled={denied !== undefined}
          onChange={(event) => send(event.currentTarget.files?.[0])}
        />
      </label>
      <output class={outcome?.failed ? 'tone-bad' : 'muted'}>{outcome?.text ?? denied}</output>
    </div>
  );
}
