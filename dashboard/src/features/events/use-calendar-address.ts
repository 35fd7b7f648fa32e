/** What the address says the calendar shows, with what is meant where it says nothing. */
import { useMediaQuery } from '@mantine/hooks';
import { useCallback } from 'react';
import { useNow, useSchoolZone } from '@/lib/school-time';
import { dayOf } from '@/lib/time';
import type { CalendarView } from './search';

type Search = { view?: CalendarView; date?: string; group?: number | 'all' };
type Navigate = (options: { search: Search; replace?: boolean }) => unknown;

const PHONE = '(max-width: 48em)';
const MINUTE_MS = 60_000;

export const showsAllGroups = (view: CalendarView) => view === 'month' || view === 'list';

export type CalendarAddress = ReturnType<typeof useCalendarAddress>;

export function useCalendarAddress(search: Search, navigate: Navigate, groups: { id: number }[]) {
  const zone = useSchoolZone();
  const today = dayOf(useNow(MINUTE_MS), zone);
  const isPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const view = search.view ?? (isPhone ? 'day' : 'week');
  const isAll = search.group === 'all' && showsAllGroups(view);
  const chosen = groups.find(({ id }) => id === search.group) ?? groups[0];
  const go = useCallback(
    (change: Search) => navigate({ search: { ...search, ...change } }),
    [navigate, search],
  );
  return {
    view,
    today,
    date: search.date ?? today,
    /** Null: all groups. A week of all of them cannot be read, so day and week always have one. */
    groupId: isAll ? null : (chosen?.id ?? null),
    go,
  };
}
