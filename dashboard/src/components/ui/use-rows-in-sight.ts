/** Which rows of a long list to draw, and the heights of those left out before and after them. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';

/** What the styles give a row at least; one with more text is higher, and is noticed to be. */
const ROW_PX = 57;
const DRAW_ALL_UP_TO = 60;
const OVERSCAN = 8;

export function useRowsInSight(count: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const isLong = count > DRAW_ALL_UP_TO;

  // To look where the list begins lays the page out, so it is not done while scrolling: only what changes the height
  // of the page can have moved it.
  useLayoutEffect(() => {
    if (!isLong) return;
    const look = () =>
      setTop(Math.round((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    look();
    return () => observer.disconnect();
  }, [isLong]);

  const virtualizer = useWindowVirtualizer({
    count,
    enabled: isLong,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  if (!isLong)
    return {
      body,
      drawn: Array.from({ length: count }, (_, index) => index),
      before: 0,
      after: 0,
      measure: undefined,
    };
  const items = virtualizer.getVirtualItems();
  return {
    body,
    drawn: items.map(({ index }) => index),
    before: (items[0]?.start ?? top) - top,
    after: virtualizer.getTotalSize() + top - (items.at(-1)?.end ?? top),
    measure: virtualizer.measureElement,
  };
}
