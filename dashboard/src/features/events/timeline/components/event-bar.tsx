/** One showing as a bar in its group's colour: opens by a click, moves by drag or Alt and arrows. */
import { IconRepeat } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { CSSProperties, MouseEvent } from 'react';
import type { Showing } from '@/api/use-occurrences';
import { EVENT_TYPES } from '@/components/ui/event-type';
import type { TimeFormat } from '@/lib/time';
import type { Range } from '../../event-fields';
import type { Bar } from '../rows';
import type { BarHandlers } from '../use-bar-changes';
import classes from './timeline.module.css';

/** What the bars of a row say things with: asked for once a row, as thirty bars come into sight with it. */
export type BarWords = { t: TFunction<['resources', 'common']>; format: TimeFormat };

type EventBarProps = {
  bar: Bar;
  /** Where it is shown, which is elsewhere while it is dragged. */
  to: Range;
  isHeld: boolean;
  isCut: { start: boolean; end: boolean };
  color: string | null;
  words: BarWords;
  handlers: BarHandlers;
  onOpen: (showing: Showing, event: MouseEvent) => void;
};

/** From this height on there is room for the time under the title. */
const TWO_LINES_PX = 40;
/** What the time needs beside the icon, and what the sign of a series needs beside a few letters. */
const TIME_PX = 112;
const REPEAT_PX = 72;
/** A narrower bar has its icon only. */
const WORDS_PX = 48;
const KEYS =
  'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown Alt+Shift+ArrowLeft Alt+Shift+ArrowRight';

export function EventBar(props: EventBarProps) {
  const { bar, to, isHeld, isCut, color, words, handlers, onOpen } = props;
  const { t, format } = words;
  const { showing, left, width, top, height } = bar;
  const { icon: Glyph } = EVENT_TYPES[showing.type];
  const time = format.timeRange(to.start, to.end);
  const label = [
    `${showing.subject} ${time}`,
    format.date(to.start),
    t(`common:eventType.${showing.type}`),
    ...(showing.isRecurring ? [t('series')] : []),
  ].join(', ');
  const hasTime = height >= TWO_LINES_PX && width >= TIME_PX;
  const style = { left, width, top, height, ...(color && { '--bar': color }) } as CSSProperties;
  return (
    <button
      type="button"
      className={classes.bar}
      style={style}
      title={label}
      aria-label={label}
      aria-keyshortcuts={handlers === null ? undefined : KEYS}
      aria-describedby={handlers === null ? undefined : 'timeline-keys'}
      data-event={showing.eventId}
      data-held={isHeld || undefined}
      data-movable={handlers !== null || undefined}
      data-cut-start={isCut.start || undefined}
      data-cut-end={isCut.end || undefined}
      onClick={(event) => onOpen(showing, event)}
      onPointerDown={handlers === null ? undefined : (event) => handlers.begin(event, showing)}
      onKeyDown={handlers === null ? undefined : (event) => handlers.onKeyDown(event, showing)}
      onKeyUp={handlers?.onKeyUp}
      onBlur={handlers?.cancel}
    >
      <span className={classes.content}>
        <Glyph size={16} stroke={1.8} className={classes.icon} aria-hidden />
        {width >= WORDS_PX && (
          <span className={classes.words}>
            <span className={classes.title}>{showing.subject}</span>{' '}
            {hasTime && <span className={classes.time}>{time}</span>}
          </span>
        )}
        {showing.isRecurring && width >= REPEAT_PX && (
          <IconRepeat size={13} className={classes.icon} aria-hidden />
        )}
      </span>
      {isHeld && <span className={classes.flag}>{time}</span>}
    </button>
  );
}
