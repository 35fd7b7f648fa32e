import { useEffect } from 'react';
import { useStartedTitle } from './started-title';
import type { ToastProps } from './toast-props';

/** Tells a reader of the screen when where it stands has changed. */
export function useNews({ started, onNews }: ToastProps, status: string | undefined) {
  const title = useStartedTitle()(started);
  useEffect(() => {
    if (status !== undefined) onNews(`${title}: ${status}`);
  }, [status, title, onNews]);
}
