/**
 * A dialog about something. What it is about stays while the dialog closes, so that it fades out filled and
 * gives the focus back to where it came from. `turn` counts the openings, as a key for what must begin anew.
 */
import { useCallback, useState } from 'react';

export function useDialog<T>() {
  const [state, setState] = useState<{ about: T | null; opened: boolean; turn: number }>({
    about: null,
    opened: false,
    turn: 0,
  });
  const open = useCallback(
    (about: T) => setState(({ turn }) => ({ about, opened: true, turn: turn + 1 })),
    [],
  );
  const close = useCallback(() => setState((before) => ({ ...before, opened: false })), []);
  return { ...state, open, close };
}
