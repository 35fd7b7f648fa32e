/** What the address says the timeline shows, with what is meant where it says nothing: today, standard. */
import { useCallback } from 'react';
import { useNow, useSchoolZone } from '@/lib/school-time';
import { dayOf } from '@/lib/time';
import type { TimelineView, TimelineZoom } from './search';

type Search = { view?: TimelineView; date?: string; zoom?: TimelineZoom };
type Navigate = (options: { search: Search; replace?: boolean }) => unknown;

const MINUTE_MS = 60_000;

export type TimelineAddress = ReturnType<typeof useTimelineAddress>;

export function useTimelineAddress(search: Search, navigate: Navigate) {
  const zone = useSchoolZone();
  const today = dayOf(useNow(MINUTE_MS), zone);
  const go = useCallback(
    (change: Search) => navigate({ search: { ...search, ...change } }),
    [navigate, search],
  );
  const { view = 'day', date = today, zoom = 'standard' } = search;
  return { view, date, zoom, today, go };
}
