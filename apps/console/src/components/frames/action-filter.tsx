import { useEffect, useState } from 'preact/hooks';
import { query, setQuery } from '../../routing/location.js';
import { FRAME_TEXTS as T } from '../../texts/frames.js';

/** The action whose frames are shown. What is typed stays through live changes, and counts once it is entered. */
export function ActionFilter() {
  const entered = query.value.get('action') ?? '';
  const [typed, setTyped] = useState(entered);
  useEffect(() => setTyped(entered), [entered]);
  return (
    <input
      type="search"
      placeholder={T.action}
      aria-label={T.action}
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => setQuery('action', event.currentTarget.value.replaceAll(/\s/g, ''))}
    />
  );
}
