/** A drag in the calendar: a single event moves at once, a series after the question what of it is meant. */
import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { getEventOptions } from '@/api/generated/@tanstack/react-query.gen';
import { ApiProblem } from '@/api/problem';
import type { Event } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { dayOf, isSameDay, toApiTime } from '@/lib/time';
import { useChangeEvent } from './api/use-change-event';
import { useDetachOccurrence } from './api/use-detach-occurrence';
import type { ShowingMove } from './components/calendar';
import { useSeriesQuestion } from './components/series-question';
import type { Range } from './event-fields';
import { shiftSeries } from './recurrence/shift';
import { isStale } from './stale';

export function useMoveEvent() {
  const { mutateAsync: change } = useChangeEvent();
  const tell = useTold();
  const moveSeries = useMoveSeries(tell);

  return useCallback(
    (move: ShowingMove) => {
      const { showing, to } = move;
      if (showing.isRecurring) {
        moveSeries(move);
        return;
      }
      const body = { ...timesOf(to), version: showing.version };
      tell(change({ path: { event_id: showing.eventId }, body }), move);
    },
    [change, moveSeries, tell],
  );
}

const timesOf = ({ start, end }: Range) => ({
  startTime: toApiTime(start),
  endTime: toApiTime(end),
});

type Tell = (saving: Promise<unknown>, move: ShowingMove) => Promise<void>;

/** Says how a move went; one that is refused goes back. */
function useTold(): Tell {
  const { t } = useTranslation('events');
  const notify = useNotify();
  return useCallback(
    async (saving, { showing, revert }) => {
      try {
        await saving;
        notify.success(t('move.done', { subject: showing.subject }));
      } catch (error) {
        revert();
        notify.failure(
          isStale(error) ? new ApiProblem(409, 'stale', t('move.stale'), null) : error,
        );
      }
    },
    [notify, t],
  );
}

function useMoveSeries(tell: Tell) {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const ask = useSeriesQuestion();
  const { mutateAsync: change } = useChangeEvent();
  const { mutateAsync: detach } = useDetachOccurrence();

  const question = useCallback(
    (move: ShowingMove, series: Event) => {
      const { showing, to, revert } = move;
      const shifted = shiftSeries(series, { from: showing, to }, zone);
      const day = dayOf(showing.start, zone);
      ask({
        title: t('move.title', { subject: showing.subject }),
        children: <FromTo from={showing} to={to} />,
        onDecline: revert,
        choices: [
          {
            label: t('series.onlyThis'),
            text: t('series.onlyThisMoved'),
            onChoose: () => {
              const path = { event_id: series.id, day };
              tell(detach({ path, body: { ...timesOf(to), version: showing.version } }), move);
            },
          },
          {
            label: t('series.whole'),
            text: t(shifted === null ? 'move.impossible' : 'series.wholeText'),
            isImpossible: shifted === null,
            onChoose: () => {
              const body = { ...shifted, version: series.version };
              tell(change({ path: { event_id: series.id }, body }), move);
            },
          },
        ],
      });
    },
    [ask, change, detach, t, tell, zone],
  );

  return useCallback(
    async (move: ShowingMove) => {
      const path = { event_id: move.showing.eventId };
      try {
        question(
          move,
          await queryClient.fetchQuery({ ...getEventOptions({ path }), staleTime: 0 }),
        );
      } catch (error) {
        move.revert();
        notify.failure(error);
      }
    },
    [notify, queryClient, question],
  );
}

function FromTo({ from, to }: { from: Range; to: Range }) {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const said = ({ start, end }: Range) =>
    isSameDay(start, end, zone)
      ? `${format.longDate(start)}, ${format.timeRange(start, end)}`
      : `${format.dateTime(start)} – ${format.dateTime(end)}`;
  return (
    <Stack gap={4}>
      <Text size="sm" className="tabular">
        {t('move.from', { time: said(from) })}
      </Text>
      <Text size="sm" className="tabular" fw={600}>
        {t('move.to', { time: said(to) })}
      </Text>
    </Stack>
  );
}
