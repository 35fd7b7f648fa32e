/** What the calendar draws: one entry a showing, and two a holiday (its name, and its shade behind the day). */
import type { EventApi, EventInput } from '@fullcalendar/react';
import { Temporal } from 'temporal-polyfill';
import type { HolidayAnswer } from '@/api/generated/types.gen';
import type { Showing } from '@/api/use-occurrences';
import { EVENT_TYPES } from '@/components/ui/event-type';
import { toApiTime } from '@/lib/time';

/** Softer than a badge: an entry may fill half the page. */
function tint(color: string): string {
  return `color-mix(in srgb, var(--mantine-color-${color}-light) 60%, var(--app-raised))`;
}

function ofShowing(showing: Showing): EventInput {
  const { color } = EVENT_TYPES[showing.type];
  return {
    id: showing.occurrenceId,
    title: showing.subject,
    start: toApiTime(showing.start),
    end: toApiTime(showing.end),
    allDay: false,
    color: tint(color),
    contrastColor: `var(--mantine-color-${color}-light-color)`,
    extendedProps: { showing, accent: `var(--mantine-color-${color}-filled)` },
  };
}

function ofHoliday({ id, name, startDate, endDate }: HolidayAnswer): EventInput[] {
  const days = {
    title: name,
    start: startDate,
    end: Temporal.PlainDate.from(endDate).add({ days: 1 }).toString(),
    allDay: true,
    editable: false,
    interactive: false,
    extendedProps: { holiday: name },
  };
  return [
    {
      ...days,
      id: `holiday-${id}`,
      color: tint('red'),
      contrastColor: 'var(--mantine-color-red-light-color)',
      extendedProps: { holiday: name, accent: 'var(--mantine-color-red-filled)' },
    },
    { ...days, id: `holiday-shade-${id}`, title: '', display: 'background' },
  ];
}

export function toCalendarEntries(showings: Showing[], holidays: HolidayAnswer[]): EventInput[] {
  return [...holidays.flatMap(ofHoliday), ...showings.map(ofShowing)];
}

type Entry = Pick<EventApi, 'extendedProps'>;

export function showingOf(entry: Entry): Showing | null {
  return (entry.extendedProps.showing as Showing | undefined) ?? null;
}

export function accentOf(entry: Entry): string | undefined {
  return entry.extendedProps.accent as string | undefined;
}
