/** What stands in an entry of the calendar: a line in the month, a block in the week, a row in the list. */
import type { EventDisplayInfo } from '@fullcalendar/react';
import { IconArrowsSplit, IconRepeat, IconTent, type TablerIcon } from '@tabler/icons-react';
import type { Showing } from '@/api/use-occurrences';
import { EVENT_TYPES, type EventType } from '@/components/ui/event-type';
import type { TimeFormat } from '@/lib/time';
import { accentOf, showingOf } from '../calendar-entries';
import classes from './calendar.module.css';

/** Made once for all entries: there may be thousands, and formats are slow to make. */
export type EntryWords = {
  format: TimeFormat;
  series: string;
  detached: string;
  skipsHolidays: string;
  types: Record<EventType, string>;
  groupNames: Map<number, string> | null;
};

type EntryProps = { info: EventDisplayInfo; words: EntryWords };

export function Entry({ info, words }: EntryProps) {
  const { format, groupNames } = words;
  const { event, view } = info;
  const showing = showingOf(event);
  if (event.display === 'background') return null;
  if (showing === null) {
    const { start, end } = event;
    const isBeingDrawn = info.isMirror && start !== null && end !== null;
    return (
      <span className={classes.entry} style={{ borderColor: accentOf(event) }}>
        <span className={classes.entryTitle}>
          {isBeingDrawn ? format.timeRange(start, end) : event.title}
        </span>
      </span>
    );
  }
  const group = groupNames?.get(showing.groupId);
  const ShowingEntry = view.type.startsWith('list') ? ListEntry : BlockEntry;
  return <ShowingEntry info={info} words={words} showing={showing} group={group} />;
}

type ShowingEntryProps = EntryProps & { showing: Showing; group: string | undefined };

function Mark({ icon: Glyph, label }: { icon: TablerIcon; label: string }) {
  return (
    <Glyph size={13} stroke={1.9} className={classes.entryIcon} role="img" aria-label={label} />
  );
}

/** Whether it is left out in holidays, and whether it is of a series or was. */
function Marks({ showing, words }: { showing: Showing; words: EntryWords }) {
  const { isRecurring, recurrenceId, skipHolidays } = showing;
  return (
    <>
      {isRecurring && skipHolidays && <Mark icon={IconTent} label={words.skipsHolidays} />}
      {isRecurring && <Mark icon={IconRepeat} label={words.series} />}
      {recurrenceId !== null && <Mark icon={IconArrowsSplit} label={words.detached} />}
    </>
  );
}

function BlockEntry({ info, words, showing, group }: ShowingEntryProps) {
  const { format, types } = words;
  const { icon: Glyph } = EVENT_TYPES[showing.type];
  const isTall = info.view.type.startsWith('timeGrid') && !info.isShort;
  const time = format.timeRange(info.event.start ?? showing.start, info.event.end ?? showing.end);
  const facts = [time, showing.subject, group, types[showing.type]];
  return (
    <span
      className={classes.entry}
      style={{ borderColor: accentOf(info.event) }}
      title={facts.filter(Boolean).join(' · ')}
    >
      <span className={classes.entryLine}>
        <Glyph size={14} stroke={1.9} className={classes.entryIcon} aria-hidden />
        <span className={classes.entryTitle}>{showing.subject}</span>
        {group !== undefined && <span className={classes.entryGroup}>{group}</span>}
        <Marks showing={showing} words={words} />
      </span>
      {isTall && <span className={classes.entryTime}>{time}</span>}
    </span>
  );
}

function ListEntry({ info, words, showing, group }: ShowingEntryProps) {
  const { format, types } = words;
  const { icon: Glyph } = EVENT_TYPES[showing.type];
  const { color, contrastColor } = info;
  return (
    <span className={classes.listEntry}>
      <span className={classes.listTime}>{format.timeRange(showing.start, showing.end)}</span>
      <span
        className={classes.listIcon}
        style={{ background: color, color: contrastColor }}
        role="img"
        aria-label={types[showing.type]}
      >
        <Glyph size={15} stroke={1.8} aria-hidden />
      </span>
      <span className={classes.entryTitle}>{showing.subject}</span>
      {group !== undefined && <span className={classes.listGroup}>{group}</span>}
      <Marks showing={showing} words={words} />
    </span>
  );
}
