/** What else the group shows at the times that are being chosen. A hint only: several at once are allowed. */
import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EventPreview, MeetingAnswer } from '@/api/generated/types.gen';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { isSameDay, parseApiTime } from '@/lib/time';
import type { EventFields } from '../event-fields';

const MOST_NAMED = 3;

type ConflictHintProps = { preview: EventPreview; fields: EventFields };

export function ConflictHint({ preview: { conflicts }, fields }: ConflictHintProps) {
  const { t } = useTranslation('events');
  const isSeries = fields.recurrence.frequency !== 'none';
  const inWords = useMeetingInWords();
  if (conflicts.length === 0) return null;
  const named = conflicts.slice(0, MOST_NAMED);
  const more = conflicts.length - named.length;
  return (
    <Alert
      color="orange"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      icon={<IconInfoCircle />}
      title={t(isSeries ? 'conflict.titleSeries' : 'conflict.title', { count: conflicts.length })}
      p="sm"
      role="status"
    >
      {named.map((meeting) => (
        <Text key={meeting.eventId} size="sm" className="tabular">
          {inWords(meeting)}
        </Text>
      ))}
      {more > 0 && <Text size="sm">{t('conflict.more', { count: more })}</Text>}
      <Text size="sm">{t('conflict.text')}</Text>
    </Alert>
  );
}

function useMeetingInWords() {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const format = useTimeFormat();
  return ({ subject, startTime, endTime, times: count }: MeetingAnswer) => {
    const [start, end] = [parseApiTime(startTime), parseApiTime(endTime)];
    const time = isSameDay(start, end, zone)
      ? `${format.longDate(start)}, ${format.timeRange(start, end)}`
      : `${format.dateTime(start)} – ${format.dateTime(end)}`;
    return count === 1
      ? t('conflict.once', { subject, time })
      : t('conflict.often', { subject, time, count });
  };
}
