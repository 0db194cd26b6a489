import type { AuditView } from '../api/console-views.js';
import { ageOf, clockTime } from '../format.js';
import { toCdr, toPartner, toStation } from '../routing/paths.js';
import { AUDIT_TEXTS as T } from '../texts/audit.js';
import { TEXTS } from '../texts.js';

const FIRST_REFUSAL = 400;
const FIRST_FAILURE = 500;

/** One thing that somebody did. */
export function AuditRow({ entry }: { entry: AuditView }) {
  const { at, actor, role, address, action, method, object, status, outcome } = entry;
  const { word, tone } = outcomeOf(status);
  return (
    <li data-testid={`audit-row-${entry.id}`}>
      <div class="row-line">
        <span class="muted time" title={at}>
          {clockTime(at)} · {TEXTS.ago(ageOf(at))}
        </span>
        <b class={`tone-${tone}`}>{status < FIRST_REFUSAL ? word : `${word} ${status}`}</b>
        {outcome !== undefined && <span>{outcome}</span>}
        <span class="muted end">
          {actor} ({role}) {T.from(address)}
        </span>
      </div>
      <p>
        {action}{' '}
        <span class="muted">
          {method} <ObjectLink path={object} />
        </span>
      </p>
    </li>
  );
}

function outcomeOf(status: number): { word: string; tone: 'good' | 'waiting' | 'bad' } {
  if (status < FIRST_REFUSAL) return { word: `✓ ${T.done}`, tone: 'good' };
  return status < FIRST_FAILURE
    ? { word: `✗ ${T.refused}`, tone: 'waiting' }
    : { word: `✗ ${T.failed}`, tone: 'bad' };
}

const PAGES = { stations: toStation, partners: toPartner, cdrs: toCdr } as const;

/** Leads to the page of the object, where it has one. */
function ObjectLink({ path }: { path: string }) {
  const [, kind = '', id = ''] = path.split('/');
  const toPage = Object.entries(PAGES).find(([name]) => name === kind)?.[1];
  const name = decoded(id);
  if (toPage === undefined || name === undefined || name === '') return <>{path}</>;
  return <a href={toPage(name)}>{path}</a>;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
