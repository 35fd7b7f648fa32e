/** The frame that scrolls both ways: hours above, groups at the left, and of the rows only those in sight. */
import { VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type MouseEvent, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holiday } from '@/api/types';
import type { Showing } from '@/api/use-occurrences';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import type { ShowingMove } from '../../components/calendar';
import type { Axis } from '../axis';
import { reordered } from '../change';
import { firstPlace } from '../first-place';
import { ROW_PX } from '../lanes';
import type { TimelineRow } from '../rows';
import { useBarChanges } from '../use-bar-changes';
import { type RowMove, useRowDrag } from '../use-row-drag';
import { Backdrop } from './backdrop';
import { Row } from './row';
import { Scale } from './scale';
import classes from './timeline.module.css';

const HEADER_PX = 48;
const OVERSCAN = 4;

type TimelineProps = {
  axis: Axis;
  today: string;
  rows: TimelineRow[];
  showings: Showing[];
  holidays: Holiday[];
  onOpen: (showing: Showing) => void;
  onMove?: (move: ShowingMove) => void;
  onOrder?: (groupIds: number[]) => void;
};

export function Timeline(props: TimelineProps) {
  const { axis, today, rows, showings, holidays, onOpen, onMove, onOrder } = props;
  const { t } = useTranslation('resources');
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const scroller = useRef<HTMLElement>(null);
  const { preview, handlers, isClick } = useBarChanges({ axis, scroller, showings, onMove });
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]?.height ?? ROW_PX,
    getItemKey: (index) => rows[index]?.group.id ?? index,
    scrollMargin: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
    overscan: OVERSCAN,
  });
  const heights = rows.map(({ height }) => height).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows grow with what is planned in them
  useEffect(() => virtualizer.measure(), [heights, virtualizer]);

  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollLeft = firstPlace(axis, new Date(), zone);
  }, [axis, zone]);

  const moveRow = useCallback(
    ({ from, to }: RowMove) => {
      if (to < 0 || to >= rows.length || onOrder === undefined) return;
      onOrder(reordered(rows, from, to).map(({ group }) => group.id));
    },
    [rows, onOrder],
  );
  const rowAt = useCallback(
    (offset: number) => virtualizer.getVirtualItemForOffset(offset + HEADER_PX)?.index ?? 0,
    [virtualizer],
  );
  const openClicked = useCallback(
    (showing: Showing, event: MouseEvent) => {
      if (isClick(event)) onOpen(showing);
    },
    [isClick, onOpen],
  );
  const rowDrag = useRowDrag({ scroller, rowAt, headerPx: HEADER_PX, onMove: moveRow });

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={scroller} className={classes.frame} aria-label={t('label')} tabIndex={0}>
      <div className={classes.canvas} style={{ '--axis': `${axis.width}px` } as CSSProperties}>
        <Scale axis={axis} today={today} holidays={holidays} />
        <div style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
          <Backdrop axis={axis} holidays={holidays} />
          {virtualizer.getVirtualItems().map(({ index, start, size, key }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <Row
                key={key}
                row={row}
                index={index}
                count={rows.length}
                top={start - HEADER_PX}
                height={size}
                axis={axis}
                preview={preview?.showing.groupId === row.group.id ? preview : null}
                handlers={handlers}
                drop={dropMark(rowDrag.held, index)}
                isHeld={rowDrag.held?.from === index}
                onOpen={openClicked}
                onGrip={onOrder && rowDrag.begin}
                onMove={onOrder && moveRow}
              />
            );
          })}
        </div>
      </div>
      <VisuallyHidden aria-live="assertive">
        {preview?.isHeld &&
          `${preview.showing.subject}: ${format.dateTime(preview.to.start)} – ${format.dateTime(preview.to.end)}`}
      </VisuallyHidden>
      {handlers !== null && <VisuallyHidden id="timeline-keys">{t('keys')}</VisuallyHidden>}
    </section>
  );
}

/** On which edge of a row the line stands where the held row would go. */
function dropMark(held: RowMove | null, index: number): 'above' | 'below' | undefined {
  if (held === null || held.to !== index || held.to === held.from) return undefined;
  return held.to < held.from ? 'above' : 'below';
}
