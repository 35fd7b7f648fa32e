/** A stored series in a plain sentence; null for a single event. */
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { parseApiTime, toWallClock } from '@/lib/time';
import { describeRecurrence } from './recurrence/describe';
import { readRecurrence } from './recurrence/rule';

export function useSeriesSentence(event: Event): string | null {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const { locale } = useTimeFormat();
  const wall = (time: string) => toWallClock(parseApiTime(time), zone);
  const { recurrenceRule, recurrenceEnd } = event;
  const start = wall(event.startTime);
  const end = recurrenceEnd === null ? null : wall(recurrenceEnd);
  const recurrence = {
    ...readRecurrence(recurrenceRule, start, zone, end),
    otherEnd: recurrenceEnd,
  };
  const [date = '', time = ''] = start.split('T');
  const [, endTime = ''] = wall(event.endTime).split('T');
  return describeRecurrence(recurrence, { date, time, endTime, zone }, t, locale);
}
