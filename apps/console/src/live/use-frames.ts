import { useEffect } from 'preact/hooks';
import type { FrameView, Page } from '../api/views.js';
import { announce } from './changes.js';
import { type Live, useLive } from './use-live.js';

/** A feed that the gateway refused, while it starts for example, is asked for again. */
const REOPEN_MS = 3_000;

/** Newest frames of one station. Only who looks at a station follows its frames. */
export function useFrames(
  stationId: string,
  options: { limit: number; action?: string; verdict?: string },
): Live<Page<FrameView>> {
  useFrameFeed(stationId);
  const action = options.action ? `&action=${encodeURIComponent(options.action)}` : '';
  const verdict = options.verdict ? `&verdict=${encodeURIComponent(options.verdict)}` : '';
  const path = `/stations/${encodeURIComponent(stationId)}/frames?limit=${options.limit}${action}${verdict}`;
  return useLive(path, ['frame'], stationId);
}

/** Announces every frame of a station while a component is shown; undefined = of none. */
export function useFrameFeed(stationId: string | undefined): void {
  useEffect(() => (stationId === undefined ? undefined : followFrames(stationId)), [stationId]);
}

function followFrames(stationId: string): () => void {
  const changed = () => announce({ topic: 'frame', stationId });
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`/api/v1/events?topics=frame&stations=${encodeURIComponent(stationId)}`);
    // The list was read before the feed was open: what came between is told by nobody.
    source.onopen = changed;
    source.addEventListener('frame', changed);
    source.addEventListener('reset', changed);
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
