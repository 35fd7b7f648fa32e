/** The titles of what devices show, from the plan around now: one request for all devices. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOccurrences } from '@/api/use-occurrences';
import { useSchoolZone } from '@/lib/school-time';
import { addDays } from '@/lib/time';

export function useEventTitles(): (eventId: number | null) => string {
  const { t } = useTranslation('monitoring');
  const zone = useSchoolZone();
  const [now] = useState(() => new Date());
  const range = useMemo(
    () => ({ start: addDays(now, -1, zone), end: addDays(now, 1, zone) }),
    [now, zone],
  );
  const { data: showings } = useOccurrences(range);
  const titles = useMemo(
    () => new Map(showings?.map(({ eventId, subject }) => [eventId, subject])),
    [showings],
  );
  return useCallback(
    (eventId) =>
      eventId === null
        ? '–'
        : (titles.get(eventId) ??
          (showings === undefined ? '…' : t('eventNumber', { id: eventId }))),
    [titles, showings, t],
  );
}
