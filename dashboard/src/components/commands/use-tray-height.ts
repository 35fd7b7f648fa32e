import { useEffect, useRef } from 'react';

/** Tells the page's style sheet how high the tray is, so that notifications stand above it. */
export function useTrayHeight<T extends HTMLElement>(isShown: boolean) {
  const tray = useRef<T>(null);
  useEffect(() => {
    const { current } = tray;
    const { style } = document.documentElement;
    if (!isShown || current === null) return;
    const observer = new ResizeObserver(() =>
      style.setProperty('--app-tray', `${current.offsetHeight + 12}px`),
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.removeProperty('--app-tray');
    };
  }, [isShown]);
  return tray;
}
