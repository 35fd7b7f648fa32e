/** What a person does to a bar, by pointer or keys, and how it looks until the server has it. */
import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { Showing } from '@/api/use-occurrences';
import { useSchoolZone } from '@/lib/school-time';
import type { ShowingMove } from '../components/calendar';
import type { Range } from '../event-fields';
import type { Axis } from './axis';
import { useBarDrag } from './use-bar-drag';
import { useBarKeys } from './use-bar-keys';

/** Where a bar is shown instead of where it was; `isHeld` while a hand or a key still has it. */
export type Preview = { showing: Showing; to: Range; isHeld: boolean };

type BarChanges = {
  axis: Axis;
  scroller: RefObject<HTMLElement | null>;
  showings: Showing[];
  onMove?: (move: ShowingMove) => void;
};

export function useBarChanges({ axis, scroller, showings, onMove }: BarChanges) {
  const zone = useSchoolZone();
  const [preview, setPreview] = useState<Preview | null>(null);
  const onPreview = useCallback(
    (showing: Showing, to: Range | null) =>
      setPreview(to === null ? null : { showing, to, isHeld: true }),
    [],
  );
  const onDrop = useCallback(
    (showing: Showing, to: Range) => {
      setPreview({ showing, to, isHeld: false });
      onMove?.({ showing, to, revert: () => setPreview(null) });
    },
    [onMove],
  );
  const { begin, isClick } = useBarDrag({ axis, scroller, onPreview, onDrop });
  const keys = useBarKeys({ zone, onPreview, onDrop });

  // Newer answers of the server replace what was shown in advance.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are the trigger
  useEffect(() => setPreview((before) => (before?.isHeld ? before : null)), [showings]);

  const { onKeyDown, onKeyUp, cancel } = keys;
  const handlers = useMemo(
    () => (onMove === undefined ? null : { begin, onKeyDown, onKeyUp, cancel }),
    [begin, onKeyDown, onKeyUp, cancel, onMove],
  );
  return { preview, handlers, isClick };
}

export type BarHandlers = ReturnType<typeof useBarChanges>['handlers'];
