import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** A component in a chunk of its own. `fetch`: asks for the chunk before it is drawn. */
export type OnFirstUse<P extends object> = ComponentType<P> & { readonly fetch: () => Promise<unknown> };

/**
 * Asks for a component's code when it is first drawn, and shows `waiting` until then. What React itself has for this (lazy, Suspense) leaves
 * the waiting up for at least 300 ms, also where the code is there after ten: every first visit of a screen took that long. A chunk that
 * cannot be had is thrown where the component stands, and asked for again at the next try.
 */
export function onFirstUse<P extends object>(load: () => Promise<ComponentType<P>>, waiting: ReactNode = null): OnFirstUse<P> {
  let here: ComponentType<P> | null = null;
  let coming: Promise<ComponentType<P>> | null = null;
  const fetch = () => {
    coming ??= load().then(
      (component) => {
        here = component;
        return component;
      },
      (error: unknown) => {
        coming = null;
        throw error;
      },
    );
    return coming;
  };
  function Shown(props: P) {
    const [Component, setComponent] = useState(() => here);
    useEffect(() => {
      if (Component) return;
      let gone = false;
      fetch().then(
        (component) => {
          if (!gone) setComponent(() => component);
        },
        (error: unknown) => {
          if (gone) return;
          setComponent(() => {
            throw error;
          });
        },
      );
      return () => {
        gone = true;
      };
    }, [Component]);
    return Component ? <Component {...props} /> : waiting;
  }
  return Object.assign(Shown, { fetch });
}
