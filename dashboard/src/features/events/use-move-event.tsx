/** A drag in the calendar: a single event moves at once, a series only after a question, as a whole. */
import { Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { getEventOptions } from '@/api/generated/@tanstack/react-query.gen';
import { ApiProblem } from '@/api/problem';
import { useNotify } from '@/components/ui/notify';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { isSameDay, toApiTime } from '@/lib/time';
import { useChangeEvent } from './api/use-change-event';
import type { ShowingMove } from './components/calendar';
import { shiftSeries } from './recurrence/shift';
import { isStale } from './stale';

export function useMoveEvent() {
  const { t } = useTranslation(['events', 'common']);
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const { mutateAsync: change } = useChangeEvent();

  const tell = useCallback(
    async (saving: Promise<unknown>, { showing, revert }: ShowingMove) => {
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

  const moveSeries = useCallback(
    async ({ showing, to }: ShowingMove) => {
      const path = { event_id: showing.eventId };
      const series = await queryClient.fetchQuery({ ...getEventOptions({ path }), staleTime: 0 });
      const shifted = shiftSeries(series, { from: showing, to }, zone);
      if (shifted === null) throw new ApiProblem(0, 'rule_fixed', t('move.impossible'), null);
      await change({ path, body: { ...shifted, version: series.version } });
    },
    [change, queryClient, t, zone],
  );

  return useCallback(
    (move: ShowingMove) => {
      const { showing, to, revert } = move;
      if (!showing.isRecurring) {
        const times = { startTime: toApiTime(to.start), endTime: toApiTime(to.end) };
        const body = { ...times, version: showing.version };
        tell(change({ path: { event_id: showing.eventId }, body }), move);
        return;
      }
      let isConfirmed = false;
      const said = ({ start, end }: { start: Date; end: Date }) =>
        isSameDay(start, end, zone)
          ? `${format.date(start)}, ${format.timeRange(start, end)}`
          : `${format.dateTime(start)} – ${format.dateTime(end)}`;
      modals.openConfirmModal({
        title: t('move.title'),
        children: (
          <Stack gap="xs">
            <Text size="sm">{t('move.text', { subject: showing.subject })}</Text>
            <Text size="sm" className="tabular">
              {t('move.from', { time: said(showing) })}
            </Text>
            <Text size="sm" className="tabular" fw={600}>
              {t('move.to', { time: said(to) })}
            </Text>
          </Stack>
        ),
        labels: { confirm: t('move.confirm'), cancel: t('common:action.cancel') },
        closeButtonProps: { 'aria-label': t('common:action.close') },
        onConfirm: () => {
          isConfirmed = true;
          tell(moveSeries(move), move);
        },
        // Escape, the cross and a click beside it decline as well.
        onClose: () => {
          if (!isConfirmed) revert();
        },
      });
    },
    [change, format, moveSeries, t, tell, zone],
  );
}
