/** FullCalendar without its toolbar: the address decides what it shows, the page what a click or drag means. */
import FullCalendar, {
  type CalendarRef,
  type DateSelectInfo,
  type EventChangeInfo,
  type EventClickInfo,
} from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import interactionPlugin from '@fullcalendar/react/interaction';
import listPlugin from '@fullcalendar/react/list';
import de from '@fullcalendar/react/locales/de';
import enGb from '@fullcalendar/react/locales/en-gb';
import classicTheme from '@fullcalendar/react/themes/classic';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import '@fullcalendar/react/themes/classic/palette.css';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HolidayAnswer } from '@/api/generated/types.gen';
import type { Showing } from '@/api/use-occurrences';
import { useSchoolZone } from '@/lib/school-time';
import { showingOf, toCalendarEntries } from '../calendar-entries';
import type { Range } from '../event-fields';
import { rangeOfDays } from '../proposed-range';
import type { CalendarView } from '../search';
import classes from './calendar.module.css';
import { useCalendarTexts } from './calendar-texts';

const VIEWS: Record<CalendarView, string> = {
  day: 'timeGridDay',
  week: 'timeGridWeek',
  month: 'dayGridMonth',
  list: 'listMonth',
};
const PLUGINS = [dayGridPlugin, timeGridPlugin, listPlugin, interactionPlugin, classicTheme];
const LOCALES = [de, enGb];
const LONG_PRESS_MS = 400;
/** What ends before it still belongs to the day on which it began: a night programme is one line, not two. */
const MORNING = '09:00:00';
/** Below this height an entry has no room for its time. */
const TWO_LINES_PX = 44;

export type ShowingMove = { showing: Showing; to: Range; revert: () => void };

type CalendarProps = {
  view: CalendarView;
  date: string;
  showings: Showing[];
  holidays: HolidayAnswer[];
  /** Given where events of several groups are mixed. */
  groupNames: Map<number, string> | null;
  /** Stays marked while its event is being made. */
  selection: Range | null;
  onSelect?: (range: Range) => void;
  onOpen: (showing: Showing) => void;
  onMove?: (move: ShowingMove) => void;
};

export function Calendar(props: CalendarProps) {
  const { view, date, showings, holidays, groupNames, selection } = props;
  const { onSelect, onOpen, onMove } = props;
  const { i18n } = useTranslation();
  const zone = useSchoolZone();
  const calendar = useRef<CalendarRef>(null);
  const texts = useCalendarTexts(groupNames);
  const entries = useMemo(() => toCalendarEntries(showings, holidays), [showings, holidays]);

  useEffect(() => {
    // FullCalendar renders synchronously, which React forbids inside an effect.
    queueMicrotask(() => calendar.current?.getApi().changeView(VIEWS[view], date));
  }, [view, date]);
  useEffect(() => {
    if (selection === null) calendar.current?.getApi().unselect();
  }, [selection]);

  function select({ start, end, startStr, endStr, allDay }: DateSelectInfo) {
    onSelect?.(allDay ? rangeOfDays(startStr, endStr, zone) : { start, end });
  }
  function open({ event }: EventClickInfo) {
    const showing = showingOf(event);
    if (showing !== null) onOpen(showing);
  }
  function change({ event, revert }: EventChangeInfo) {
    const showing = showingOf(event);
    if (showing === null || event.allDay || event.start === null || event.end === null) {
      revert();
      return;
    }
    onMove?.({ showing, to: { start: event.start, end: event.end }, revert });
  }

  return (
    <section aria-label={texts.label} className={classes.frame}>
      <FullCalendar
        ref={calendar}
        plugins={PLUGINS}
        locales={LOCALES}
        locale={i18n.language === 'en' ? 'en-gb' : 'de'}
        timeZone={zone}
        headerToolbar={false}
        initialView={VIEWS[view]}
        initialDate={date}
        height="100%"
        borderless
        firstDay={1}
        weekNumbers
        nowIndicator
        navLinks={false}
        dayMaxEvents
        scrollTime="06:30:00"
        scrollTimeReset={false}
        nextDayThreshold={MORNING}
        slotDuration="00:30:00"
        snapDuration="00:15:00"
        slotHeaderInterval="01:00:00"
        slotHeaderFormat={TIME}
        eventTimeFormat={TIME}
        eventInteractive
        eventShortHeight={TWO_LINES_PX}
        eventDisplay="block"
        events={entries}
        selectable={onSelect !== undefined}
        unselectAuto={false}
        selectMirror
        editable={onMove !== undefined}
        eventResizableFromStart
        longPressDelay={LONG_PRESS_MS}
        select={select}
        eventClick={open}
        eventDrop={change}
        eventResize={change}
        {...texts.options}
      />
    </section>
  );
}

const TIME = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
