/** Drags a row to another place by its grip. */
import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useState,
} from 'react';
import { followPointer } from './follow-pointer';

export type RowMove = { from: number; to: number };

const EDGE_PX = 56;
const SCROLL_PX = 14;

type RowDrag = {
  scroller: RefObject<HTMLElement | null>;
  headerPx: number;
  /** The row at so many pixels from the top of all rows. */
  rowAt: (offset: number) => number;
  onMove: (move: RowMove) => void;
};

export function useRowDrag({ scroller, headerPx, rowAt, onMove }: RowDrag) {
  const [held, setHeld] = useState<RowMove | null>(null);

  const begin = useCallback(
    (down: ReactPointerEvent, from: number) => {
      const frame = scroller.current;
      if (frame === null || down.button !== 0) return;
      let to = from;
      followPointer(down, {
        pressFirst: false,
        onMove: ({ clientY }) => {
          const { top, bottom } = frame.getBoundingClientRect();
          if (clientY > bottom - EDGE_PX) frame.scrollTop += SCROLL_PX;
          else if (clientY < top + headerPx + EDGE_PX) frame.scrollTop -= SCROLL_PX;
          to = rowAt(clientY - top - headerPx + frame.scrollTop);
          setHeld({ from, to });
        },
        onEnd: () => setHeld(null),
        onDrop: () => {
          if (to !== from) onMove({ from, to });
        },
      });
    },
    [scroller, headerPx, rowAt, onMove],
  );

  return { held, begin };
}
