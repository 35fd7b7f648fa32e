/** What the form's event would be, asked from the server while it is being typed. */
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import { useSchoolZone } from '@/lib/school-time';
import { dayOf } from '@/lib/time';
import { useEventPreview } from './api/use-event-preview';
import { draftOf, type EventFields } from './event-fields';
import type { EditTarget } from './event-target';
import { hasSchedule } from './validate';

const TYPING_MS = 300;

export function usePreview(fields: EventFields, target: EditTarget | undefined) {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const day = target?.scope === 'occurrence' ? dayOf(target.showing.start, zone) : undefined;
  const draft = hasSchedule(fields, t) ? draftOf(fields, zone, target?.eventId, day) : null;
  const [settled] = useDebouncedValue(JSON.stringify(draft), TYPING_MS);
  const { data, error } = useEventPreview(settled === JSON.stringify(draft) ? draft : null);
  return {
    /** That of a moment ago while the next one is on its way; null while there is nothing to tell. */
    answer: draft === null || error !== null ? null : (data ?? null),
    errors: draft === null ? {} : fieldErrors(error),
  };
}
