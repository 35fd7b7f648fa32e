/** The coming dates that people left out of a series; a click takes one back in. */
import { Button, Group, Text, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { dayOf, parseApiTime } from '@/lib/time';
import { useRestoreOccurrence } from '../api/use-restore-occurrence';
import { useSkippedOccurrences } from '../api/use-skipped-occurrences';

type SkippedDatesProps = { event: Event; onRestored: (event: Event) => void };

export function SkippedDates({ event, onRestored }: SkippedDatesProps) {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const notify = useNotify();
  const canEdit = useCan('editor');
  const restore = useRestoreOccurrence();
  const { data: skipped = [] } = useSkippedOccurrences(event.id);
  const coming = skipped.map(parseApiTime).filter((start) => start.getTime() > Date.now());
  if (coming.length === 0) return null;

  function takeBack(start: Date) {
    const day = dayOf(start, zone);
    restore.mutate(
      { path: { event_id: event.id, day }, query: { version: event.version } },
      {
        onSuccess: (series) => {
          notify.success(
            t('series.restored', { subject: series.subject, day: format.longDate(start) }),
          );
          onRestored(series);
        },
        onError: notify.failure,
      },
    );
  }

  return (
    <Group gap={8} mt={4}>
      <Text size="sm">{t('series.skipped')}</Text>
      {coming.map((start) => {
        const day = format.longDate(start);
        return canEdit ? (
          <Tooltip key={day} label={t('series.restoreHint')}>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconArrowBackUp size={15} />}
              aria-label={t('series.restore', { day })}
              disabled={restore.isPending}
              onClick={() => takeBack(start)}
            >
              {day}
            </Button>
          </Tooltip>
        ) : (
          <Text key={day} size="sm">
            {day}
          </Text>
        );
      })}
    </Group>
  );
}
