import { useEffect, useState } from 'preact/hooks';
import { get, SignedOut } from '../api/read.js';
import { onChange, type Topic } from './changes.js';
import { feedState } from './picture.js';

/** A busy object is read no more often than this. */
const READ_INTERVAL_MS = 400;
/** What could not be read is tried again after this time. */
const RETRY_MS = 3_000;

const UNREAD = { value: undefined, read: false, error: undefined };

export interface Live<T> {
  /** Newest known state; undefined = not read yet, or not there. */
  value: T | undefined;
  /** It was read, and is not there. */
  missing: boolean;
  /** Why the last read failed; it is tried again. */
  error?: string;
  /** Reads again now. */
  again: () => void;
}

/**
 * What a path of the operator API answers, read again when one of the topics (of the station, where one is given)
 * changes. Never two reads at a time.
 */
export function useLive<T>(
  path: string | undefined,
  topics: readonly Topic[],
  stationId?: string,
  readPath: (path: string) => Promise<T | undefined> = get,
): Live<T> {
  const [state, setState] = useState<{ path?: string; value?: T | undefined; read: boolean; error?: string }>(
    {
      read: false,
    },
  );
  const [again, setAgain] = useState<() => void>(() => () => {});

  useEffect(() => {
    if (path === undefined) return;
    let over = false;
    let reading = false;
    let wanted = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      reading = true;
      wanted = false;
      let pauseMs = READ_INTERVAL_MS;
      try {
        const value = await readPath(path);
        if (!over) setState({ path, value, read: true });
      } catch (error) {
        if (error instanceof SignedOut) feedState.value = 'signed-out';
        const text = error instanceof Error ? error.message : String(error);
        if (!over) setState((old) => ({ ...(old.path === path ? old : { path, read: false }), error: text }));
        pauseMs = RETRY_MS;
        wanted = true;
      }
      reading = false;
      if (!over) timer = setTimeout(afterPause, pauseMs);
    };
    const afterPause = () => {
      timer = undefined;
      if (wanted) void read();
    };
    const want = () => {
      wanted = true;
      if (!reading && timer === undefined) void read();
    };
    const end = onChange(({ topic, stationId: changed }) => {
      const ours = stationId === undefined || changed === undefined || changed === stationId;
      if (topic === 'all' || (topics.includes(topic) && ours)) want();
    });
    setAgain(() => want);
    want();
    return () => {
      over = true;
      clearTimeout(timer);
      end();
    };
  }, [path, stationId, topics.join()]);

  const { value, read, error } = state.path === path ? state : UNREAD;
  return { value, missing: read && value === undefined, again, ...(error === undefined ? {} : { error }) };
}
