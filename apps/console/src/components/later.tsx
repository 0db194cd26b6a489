import type { ComponentType, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { TEXTS } from '../texts.js';

/** A component that is fetched when it is first shown, so that the page at the charger stays small. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): FunctionComponent<P> {
  let known: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [Loaded, setLoaded] = useState<ComponentType<P> | undefined>(() => known);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Loaded !== undefined) return;
      load().then(
        (component) => {
          known = component;
          setLoaded(() => component);
        },
        () => setFailed(true),
      );
    }, []);
    if (Loaded !== undefined) return <Loaded {...props} />;
    if (!failed) return <p class="muted">{TEXTS.loading}</p>;
    return (
      <p class="tone-bad" role="alert">
        {TEXTS.notLoaded}{' '}
        <button type="button" onClick={() => location.reload()}>
          {TEXTS.reload}
        </button>
      </p>
    );
  };
}
