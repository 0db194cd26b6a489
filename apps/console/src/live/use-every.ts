import { useEffect } from 'preact/hooks';

/** What no event tells of, such as what partners are to be told since now, is read again after this time. */
export const UNTOLD_S = 2;

/** Does something every so many seconds while the page is looked at; undefined = not yet. */
export function useEvery(seconds: number | undefined, task: () => void): void {
  useEffect(() => {
    if (seconds === undefined) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') task();
    }, seconds * 1_000);
    return () => clearInterval(timer);
  }, [seconds, task]);
}
