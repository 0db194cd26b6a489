import { useState } from 'preact/hooks';
import { act } from '../api/act.js';
import { SignedOut } from '../api/read.js';
import { feedState } from '../live/picture.js';
import { ACCESS_TEXTS as T } from '../texts/access.js';

/** Ends the session on the gateway too; nothing of what was shown stays on the page. */
export function SignOut() {
  const [failed, setFailed] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    try {
      await act('POST', '/sign-out');
    } catch (error) {
      // A session that is over already is what was wanted.
      if (!(error instanceof SignedOut)) {
        setBusy(false);
        setFailed(error instanceof Error ? error.message : String(error));
        return;
      }
    }
    feedState.value = 'signed-out';
    location.assign('/');
  };
  return (
    <>
      <button type="button" class="sign-out" disabled={busy} onClick={press} data-testid="sign-out">
        {T.signOut}
      </button>
      {failed !== undefined && (
        <p class="tone-bad" role="alert">
          {T.notSignedOut(failed)}
        </p>
      )}
    </>
  );
}
