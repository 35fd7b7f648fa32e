/** What else the group shows in the time that is being chosen. A hint only: several at once are allowed. */
import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Showing, useOccurrences } from '@/api/use-occurrences';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { fromEpoch } from '@/lib/time';
import { type EventFields, endOnWall, type Range, rangeOf, startOnWall } from '../event-fields';

const MOST_NAMED = 3;

type ConflictHintProps = {
  fields: EventFields;
  initial: EventFields;
  eventId?: number;
  showing?: Showing;
};

function isComplete(fields: EventFields): boolean {
  const { startDate, startTime, endDate, endTime, groupId } = fields;
  if ([startDate, startTime, endDate, endTime, groupId].includes('')) return false;
  return startOnWall(fields) < endOnWall(fields);
}

/** Of a series the occurrence that was opened counts, moved by as much as the form has moved the first one. */
function rangeToCheck(now: Range, before: Range, showing: Showing | undefined): Range {
  if (showing === undefined) return now;
  const moved = (time: Date, edge: 'start' | 'end') =>
    fromEpoch(time.getTime() + now[edge].getTime() - before[edge].getTime());
  return { start: moved(showing.start, 'start'), end: moved(showing.end, 'end') };
}

export function ConflictHint({ fields, initial, eventId, showing }: ConflictHintProps) {
  const zone = useSchoolZone();
  if (!isComplete(fields)) return null;
  const range = rangeToCheck(rangeOf(fields, zone), rangeOf(initial, zone), showing);
  if (range.end <= range.start) return null;
  return <Conflicts range={range} groupId={Number(fields.groupId)} eventId={eventId} />;
}

type ConflictsProps = { range: Range; groupId: number; eventId?: number };

function Conflicts({ range, groupId, eventId }: ConflictsProps) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const { data = [], isPlaceholderData } = useOccurrences({ ...range, groupId });
  const others = data.filter((other) => other.eventId !== eventId);
  if (others.length === 0 || isPlaceholderData) return null;
  const named = others.slice(0, MOST_NAMED);
  const more = others.length - named.length;
  return (
    <Alert
      color="orange"
      icon={<IconInfoCircle />}
      title={t('conflict.title', { count: others.length })}
      p="sm"
    >
      <Text size="sm" className="tabular">
        {named
          .map((other) => `${other.subject} (${format.timeRange(other.start, other.end)})`)
          .join(', ')}
        {more > 0 && ` ${t('conflict.more', { count: more })}`}
      </Text>
      <Text size="sm">{t('conflict.text')}</Text>
    </Alert>
  );
}
