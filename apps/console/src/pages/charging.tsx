import { CdrList, SessionList } from '../components/charging-lists.js';
import { cdrs, sessions } from '../live/picture.js';

/** Newest sessions and CDRs. */
export function ChargingPage() {
  return (
    <main class="columns">
      <SessionList sessions={sessions.value} />
      <CdrList cdrs={cdrs.value} />
    </main>
  );
}
