/** How the calendar's days, weeks and entries read, in the person's language. */
import type {
  CalendarOptions,
  DayCellInfo,
  DayHeaderInfo,
  EventDisplayInfo,
  InlineWeekNumberInfo,
  WeekNumberHeaderInfo,
} from '@fullcalendar/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeFormat } from '@/lib/school-time';
import classes from './calendar.module.css';
import { Entry } from './calendar-entry';

function DayHeader({ weekdayText, dayNumberText, isToday, inPopover, text }: DayHeaderInfo) {
  if (inPopover) return text;
  if (dayNumberText === '')
    return <span className={`${classes.dayHeader} ${classes.monthHeader}`}>{weekdayText}</span>;
  return (
    <span className={classes.dayHeader}>
      <span>{weekdayText}</span>
      <span className={classes.dayNumber} data-today={isToday || undefined}>
        {dayNumberText}
      </span>
    </span>
  );
}

function DayNumber({ dayNumberText, isToday }: DayCellInfo) {
  return (
    <span className={classes.cellNumber} data-today={isToday || undefined}>
      {dayNumberText}
    </span>
  );
}

export function useCalendarTexts(groupNames: Map<number, string> | null) {
  const { t } = useTranslation(['events', 'common']);
  const format = useTimeFormat();
  const options = useMemo((): Partial<CalendarOptions> => {
    const week = ({ num }: WeekNumberHeaderInfo | InlineWeekNumberInfo) =>
      t('calendar.week', { week: num });
    const types = {
      presentation: t('common:eventType.presentation'),
      video: t('common:eventType.video'),
      website: t('common:eventType.website'),
      webuntis: t('common:eventType.webuntis'),
      message: t('common:eventType.message'),
      other: t('common:eventType.other'),
    };
    const words = {
      format,
      series: t('calendar.series'),
      detached: t('calendar.detached'),
      skipsHolidays: t('calendar.skipsHolidays'),
      types,
      groupNames,
    };
    return {
      eventContent: (info: EventDisplayInfo) => <Entry info={info} words={words} />,
      eventClass: classes.event,
      dayHeaderContent: DayHeader,
      dayLaneInnerClass: classes.lane,
      dayCellTopContent: DayNumber,
      dayCellTopClass: classes.dayCellTop,
      dayCellClass: ({ isOther }: DayCellInfo) => (isOther ? classes.otherMonth : ''),
      weekNumberHeaderContent: (info) => <span className={classes.axis}>{week(info)}</span>,
      weekNumberHeaderInnerClass: classes.week,
      inlineWeekNumberContent: week,
      inlineWeekNumberClass: `${classes.week} ${classes.monthWeek}`,
      slotHeaderInnerClass: classes.hour,
      allDayHeaderInnerClass: classes.hour,
      rowEventClass: classes.row,
      popoverClass: classes.popover,
      rowMoreLinkClass: classes.moreLink,
      moreLinkInnerClass: classes.more,
      allDayDividerClass: classes.divider,
      listDayHeaderClass: classes.listDay,
      listItemEventBeforeClass: ({ view }) => view.type.startsWith('list') && classes.listDot,
      noEventsInnerClass: classes.nothing,
      moreLinkText: (count: number) => t('calendar.more', { count }),
      moreLinkHint: (count: number) => t('calendar.moreHint', { count }),
      noEventsText: t('calendar.none'),
    };
  }, [t, format, groupNames]);
  return { label: t('calendar.label'), options };
}
