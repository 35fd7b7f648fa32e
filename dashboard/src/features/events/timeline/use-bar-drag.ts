/** Drags a bar, or one of its ends, with a pointer. */
import {
  type MouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useRef,
} from 'react';
import type { Showing } from '@/api/use-occurrences';
import type { Range } from '../event-fields';
import { type Axis, millisecondsOf } from './axis';
import { dragged, gripAt, isSameRange } from './change';
import { followPointer } from './follow-pointer';

const EDGE_PX = 48;
const SCROLL_PX = 18;

type BarDrag = {
  axis: Axis;
  scroller: RefObject<HTMLElement | null>;
  onPreview: (showing: Showing, to: Range | null) => void;
  onDrop: (showing: Showing, to: Range) => void;
};

export function useBarDrag({ axis, scroller, onPreview, onDrop }: BarDrag) {
  /** The click that follows a drag opens nothing. */
  const wasDragged = useRef(false);

  const begin = useCallback(
    (down: ReactPointerEvent<HTMLElement>, showing: Showing) => {
      const frame = scroller.current;
      wasDragged.current = false;
      if (frame === null || down.button !== 0 || !down.isPrimary) return;
      const box = down.currentTarget.getBoundingClientRect();
      const grip = gripAt(down.clientX - box.left, box.width, down.pointerType === 'touch');
      const from = down.clientX + frame.scrollLeft;
      let to: Range = showing;
      followPointer(down, {
        pressFirst: true,
        onPress: () => onPreview(showing, showing),
        onMove: (event) => {
          scrollAtEdge(frame, event.clientX);
          const by = event.clientX + frame.scrollLeft - from;
          to = dragged(showing, grip, millisecondsOf(axis, by));
          onPreview(showing, to);
        },
        onEnd: (hasMoved) => {
          wasDragged.current = hasMoved;
          onPreview(showing, null);
        },
        onDrop: () => {
          if (!isSameRange(to, showing)) onDrop(showing, to);
        },
      });
    },
    [axis, scroller, onPreview, onDrop],
  );

  /** By the keyboard (`detail` 0) it always is one. */
  const isClick = useCallback((event: MouseEvent) => event.detail === 0 || !wasDragged.current, []);

  return { begin, isClick };
}

/** A drag to the edge of what is visible brings the rest into view. */
function scrollAtEdge(frame: HTMLElement, clientX: number) {
  const { left, right } = frame.getBoundingClientRect();
  const heading = Number.parseFloat(getComputedStyle(frame).getPropertyValue('--head')) || 0;
  if (clientX > right - EDGE_PX) frame.scrollLeft += SCROLL_PX;
  else if (clientX < left + heading + EDGE_PX) frame.scrollLeft -= SCROLL_PX;
}
