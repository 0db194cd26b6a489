import { useState } from 'preact/hooks';
import { signInUrl } from '../api/sign-in.js';
import { ACCESS_TEXTS as T } from '../texts/access.js';
import { TEXTS } from '../texts.js';

/** Shown while there is no valid session: by the operator token, or how to get a one-time link. */
export function SignInPage() {
  return (
    <main class="sign-in" data-testid="sign-in-page">
      <h1>{TEXTS.signIn.title}</h1>
      <p>{TEXTS.signIn.how}</p>
      <pre>{TEXTS.signIn.command}</pre>
      <p>{TEXTS.signIn.or}</p>
      <TokenForm />
    </main>
  );
}

/** The token is exchanged for a session at once, and kept nowhere. */
function TokenForm() {
  const [token, setToken] = useState('');
  const [failed, setFailed] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await signInUrl(token.trim(), location.pathname + location.search);
    if ('url' in answer) location.assign(answer.url);
    else {
      setBusy(false);
      setFailed(answer.failed);
    }
  };
  return (
    <form class="form" onSubmit={submit}>
      <label>
        {T.token}
        <input
          type="password"
          autocomplete="off"
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
      </label>
      {failed !== undefined && (
        <p class="tone-bad" role="alert">
          ✗ {failed}
        </p>
      )}
      <div>
        <button type="submit" disabled={busy || token.trim() === ''}>
          {T.signIn}
        </button>
      </div>
    </form>
  );
}
