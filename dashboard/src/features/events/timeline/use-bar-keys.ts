/** Moves a bar with Alt and the arrows, and its end with Shift as well; kept when Alt is let go, Escape takes it back. */
import { type KeyboardEvent, useCallback, useRef } from 'react';
import type { Showing } from '@/api/use-occurrences';
import type { Range } from '../event-fields';
import { isSameRange, keyed } from './change';

type BarKeys = {
  zone: string;
  onPreview: (showing: Showing, to: Range | null) => void;
  onDrop: (showing: Showing, to: Range) => void;
};

export function useBarKeys({ zone, onPreview, onDrop }: BarKeys) {
  const held = useRef<{ showing: Showing; to: Range } | null>(null);

  const cancel = useCallback(() => {
    if (held.current === null) return;
    onPreview(held.current.showing, null);
    held.current = null;
  }, [onPreview]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent, showing: Showing) => {
      if (event.key === 'Escape' && held.current !== null) {
        event.stopPropagation();
        cancel();
      }
      if (!event.altKey) return;
      const before = held.current?.to ?? { start: showing.start, end: showing.end };
      const to = keyed(before, event.key, event.shiftKey, zone);
      if (to === null) return;
      event.preventDefault();
      held.current = { showing, to };
      onPreview(showing, to);
    },
    [cancel, onPreview, zone],
  );

  const onKeyUp = useCallback(
    (event: KeyboardEvent) => {
      if (event.key !== 'Alt' || held.current === null) return;
      event.preventDefault();
      const { showing, to } = held.current;
      cancel();
      if (!isSameRange(to, showing)) onDrop(showing, to);
    },
    [cancel, onDrop],
  );

  return { onKeyDown, onKeyUp, cancel };
}
