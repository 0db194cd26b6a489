import { useState } from 'preact/hooks';
import type { Page } from '../api/views.js';
import type { Topic } from './changes.js';
import { type Live, useLive } from './use-live.js';

const STEP = 50;
/** What the operator API gives in one page. */
const MAX = 500;

/** The newest of a list, live; `more` makes it longer, and is absent when it cannot be. */
export function useLongerList<T>(
  path: string | undefined,
  filters: URLSearchParams,
  topics: readonly Topic[],
): Live<Page<T>> & { more?: () => void } {
  const [limit, setLimit] = useState(STEP);
  const query = new URLSearchParams(filters);
  query.set('limit', String(limit));
  const live = useLive<Page<T>>(path === undefined ? undefined : `${path}?${query}`, topics);
  const isLonger = live.value?.next_cursor != null && limit < MAX;
  return isLonger ? { ...live, more: () => setLimit(Math.min(MAX, limit * 2)) } : live;
}
