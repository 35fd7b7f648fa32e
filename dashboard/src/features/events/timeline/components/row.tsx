import { type MouseEvent, memo, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Showing } from '@/api/use-occurrences';
import { useTimeFormat } from '@/lib/school-time';
import type { Axis } from '../axis';
import { extentOf, type TimelineRow } from '../rows';
import type { BarHandlers, Preview } from '../use-bar-changes';
import type { RowMove } from '../use-row-drag';
import { type BarWords, EventBar } from './event-bar';
import { RowHeading } from './row-heading';
import classes from './timeline.module.css';

type RowProps = {
  row: TimelineRow;
  index: number;
  count: number;
  top: number;
  height: number;
  axis: Axis;
  preview: Preview | null;
  handlers: BarHandlers;
  drop?: 'above' | 'below';
  isHeld: boolean;
  onOpen: (showing: Showing, event: MouseEvent) => void;
  onGrip?: (down: PointerEvent, index: number) => void;
  onMove?: (move: RowMove) => void;
};

/** One group: its name, and its bars along the hours. Scrolling and dragging leave the other rows as they are. */
export const Row = memo(function Row(props: RowProps) {
  const { row, index, count, top, height, axis, preview, handlers, drop, isHeld } = props;
  const { onOpen, onGrip, onMove } = props;
  const { t } = useTranslation(['resources', 'common']);
  const format = useTimeFormat();
  const words: BarWords = { t, format };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      role="group"
      aria-label={row.group.name}
      className={classes.row}
      data-drop={drop}
      data-held={isHeld || undefined}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <RowHeading row={row} index={index} count={count} onGrip={onGrip} onMove={onMove} />
      <div className={classes.track}>
        {row.bars.map((bar) => {
          const shown = preview?.showing.occurrenceId === bar.showing.occurrenceId ? preview : null;
          return (
            <EventBar
              key={keyOf(bar.showing)}
              bar={shown === null ? bar : { ...bar, ...extentOf(axis, shown.to) }}
              to={shown?.to ?? bar.showing}
              isHeld={shown?.isHeld ?? false}
              isCut={{ start: bar.showing.start < axis.start, end: bar.showing.end > axis.end }}
              color={row.group.color}
              words={words}
              handlers={handlers}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
});

/** A single event keeps its bar, and the bar the focus, when it moves. */
function keyOf({ isRecurring, eventId, occurrenceId }: Showing) {
  return isRecurring ? occurrenceId : eventId;
}
