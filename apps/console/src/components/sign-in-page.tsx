import { TEXTS } from '../texts.js';

/** Shown while there is no valid session: how to get one. */
export function SignInPage() {
  return (
    <main class="sign-in" data-testid="sign-in-page">
      <h1>{TEXTS.signIn.title}</h1>
      <p>{TEXTS.signIn.how}</p>
      <pre>{TEXTS.signIn.command}</pre>
      <p>{TEXTS.signIn.or}</p>
    </main>
  );
}
