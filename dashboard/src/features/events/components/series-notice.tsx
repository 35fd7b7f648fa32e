/** What the dialog says about the series that an event is, belongs to, or was detached from, and the ways there. */
import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { IconArrowsSplit, IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import { useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { parseApiTime } from '@/lib/time';
import { useDetached } from '../api/use-detached';
import { type EditTarget, wholeTarget } from '../event-target';
import { useSeriesSentence } from '../use-series-sentence';
import { SkippedDates } from './skipped-dates';

type SeriesNoticeProps = {
  target: EditTarget;
  event: Event;
  onOpen: (target: EditTarget) => void;
  /** The series has a date again that it left out. */
  onRestored: (event: Event) => void;
};

export function SeriesNotice({ target, event, onOpen, onRestored }: SeriesNoticeProps) {
  if (event.recurrenceId !== null)
    return <OfDetached event={event} seriesId={event.recurrenceId} onOpen={onOpen} />;
  if (event.recurrenceRule === null) return null;
  return target.scope === 'occurrence' ? (
    <OfOccurrence event={event} start={target.showing.start} onOpen={onOpen} />
  ) : (
    <OfSeries event={event} onOpen={onOpen} onRestored={onRestored} />
  );
}

type NoticeProps = { event: Event; onOpen: (target: EditTarget) => void };

function OfOccurrence({ event, start, onOpen }: NoticeProps & { start: Date }) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const canEdit = useCan('editor');
  const sentence = useSeriesSentence(event);
  return (
    <Alert color="indigo" icon={<IconRepeat />} p="sm">
      <Stack gap={4}>
        <Text size="sm">
          {t(canEdit ? 'series.editsOne' : 'series.isOne', { day: format.longDate(start) })}
        </Text>
        <Text size="sm">{t('series.rhythm', { sentence })}</Text>
        <SeriesLink
          label={t(canEdit ? 'series.editWhole' : 'series.showWhole')}
          onClick={() => onOpen(wholeTarget(event.id, 'series'))}
        />
      </Stack>
    </Alert>
  );
}

function OfSeries({ event, onOpen, onRestored }: Omit<SeriesNoticeProps, 'target'>) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const canEdit = useCan('editor');
  const { data: detached = [] } = useDetached(event.id, true);
  return (
    <Alert color="indigo" icon={<IconRepeat />} p="sm">
      <Text size="sm">
        {canEdit && t('dialog.series')}{' '}
        {t('dialog.seriesSince', { day: format.date(parseApiTime(event.startTime)) })}
      </Text>
      {detached.length > 0 && (
        <Group gap={8} mt={4}>
          <Text size="sm">{t('series.detached')}</Text>
          {detached.map((each) => (
            <SeriesLink
              key={each.id}
              label={format.longDate(parseApiTime(each.startTime))}
              onClick={() => onOpen(wholeTarget(each.id, 'event'))}
            />
          ))}
        </Group>
      )}
      <SkippedDates event={event} onRestored={onRestored} />
    </Alert>
  );
}

function OfDetached({ event, seriesId, onOpen }: NoticeProps & { seriesId: number }) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const { detachedStart } = event;
  return (
    <Alert color="indigo" icon={<IconArrowsSplit />} p="sm">
      <Stack gap={4}>
        <Text size="sm">
          {detachedStart === null
            ? t('series.isDetached')
            : t('series.isDetachedFrom', { time: format.dateTime(parseApiTime(detachedStart)) })}
        </Text>
        <SeriesLink
          label={t('series.openSeries')}
          onClick={() => onOpen(wholeTarget(seriesId, 'series'))}
        />
      </Stack>
    </Alert>
  );
}

function SeriesLink({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      ta="start"
      underline="always"
      onClick={onClick}
    >
      {label}
    </Anchor>
  );
}
