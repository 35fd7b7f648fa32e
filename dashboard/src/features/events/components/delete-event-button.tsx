/** Deletes an event, one date of a series, or a series, with what was detached from it or without. */
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { dayOf, parseApiTime } from '@/lib/time';
import { useDeleteEvent } from '../api/use-delete-event';
import { useDetached } from '../api/use-detached';
import { useSkipOccurrence } from '../api/use-skip-occurrence';
import type { EditTarget, GroupChoice } from '../event-target';
import { useSeriesSentence } from '../use-series-sentence';
import { type SeriesChoice, useSeriesQuestion } from './series-question';

type DeleteEventButtonProps = {
  target: EditTarget;
  /** As it is stored, not as it is being edited: that is what gets lost. */
  event: Event;
  groups: GroupChoice[];
  onDone: () => void;
};

export function DeleteEventButton({ target, event, groups, onDone }: DeleteEventButtonProps) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const confirmLoss = useConfirmLoss();
  const askSeries = useSeriesQuestion();
  const detached = useDetached(event.id, event.recurrenceRule !== null);
  const choices = useSeriesChoices(target, event, detached.data?.length ?? 0, onDone);
  const remove = useRemoval(event, onDone);
  const group = groups.find(({ id }) => id === event.groupId)?.name ?? '';
  const day = format.dateTime(parseApiTime(event.startTime));
  const { subject } = event;

  function ask() {
    if (event.recurrenceRule !== null)
      return askSeries({ title: t('delete.titleSeries', { subject, group }), choices });
    confirmLoss({
      title: t('delete.title'),
      children: [
        t('delete.text', { subject, group, day }),
        event.recurrenceId === null ? '' : t('delete.textDetached'),
      ].join(' '),
      confirm: t('delete.confirm'),
      onConfirm: () => remove(t('delete.done', { subject })),
    });
  }

  return (
    <Button
      variant="subtle"
      color="red"
      leftSection={<IconTrash size={17} />}
      // What would be lost must be known before it is asked.
      loading={detached.isLoading}
      onClick={ask}
    >
      {t('delete.action')}
    </Button>
  );
}

function useRemoval({ id }: Event, onDone: () => void) {
  const notify = useNotify();
  const { mutate } = useDeleteEvent();
  return (done: string, detached = false) =>
    mutate(
      { path: { event_id: id }, query: { detached } },
      {
        onSuccess: () => {
          notify.success(done);
          onDone();
        },
        onError: notify.failure,
      },
    );
}

function useSeriesChoices(
  target: EditTarget,
  event: Event,
  /** How many were detached. */
  count: number,
  onDone: () => void,
): SeriesChoice[] {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const notify = useNotify();
  const skip = useSkipOccurrence();
  const remove = useRemoval(event, onDone);
  const sentence = useSeriesSentence(event) ?? '';
  const { subject } = event;
  const whole = (withDetached: boolean) => () =>
    remove(t('delete.doneSeries', { subject }), withDetached);

  const choices: SeriesChoice[] = [
    {
      label: t('delete.series'),
      text: [
        t('delete.seriesText', { sentence }),
        count === 0 ? '' : t('delete.detachedStay', { count }),
      ].join(' '),
      isLoss: true,
      onChoose: whole(false),
    },
  ];
  if (count > 0)
    choices.push({
      label: t('delete.seriesAndDetached'),
      text: t('delete.seriesAndDetachedText', { count }),
      isLoss: true,
      onChoose: whole(true),
    });
  if (target.scope === 'occurrence') choices.unshift(onlyThis(target.showing.start));
  return choices;

  function onlyThis(start: Date): SeriesChoice {
    const day = dayOf(start, zone);
    const said = format.longDate(start);
    return {
      label: t('series.onlyThis'),
      text: t('delete.onlyThisText', { day: said }),
      isLoss: true,
      onChoose: () =>
        skip.mutate(
          { path: { event_id: event.id, day }, query: { version: event.version } },
          {
            onSuccess: () => {
              notify.success(t('delete.doneOne', { subject, day: said }));
              onDone();
            },
            onError: notify.failure,
          },
        ),
    };
  }
}
