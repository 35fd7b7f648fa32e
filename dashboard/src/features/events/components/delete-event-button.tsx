import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useDeleteEvent } from '../api/use-delete-event';
import type { EventFields } from '../event-fields';
import type { GroupChoice } from '../event-target';
import { describeRecurrence } from '../recurrence/describe';

type DeleteEventButtonProps = {
  event: Event;
  /** The event as it is stored, not as it is being edited: that is what gets lost. */
  initial: EventFields;
  groups: GroupChoice[];
  onDone: () => void;
};

export function DeleteEventButton({ event, initial, groups, onDone }: DeleteEventButtonProps) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const confirmLoss = useConfirmLoss();
  const notify = useNotify();
  const remove = useDeleteEvent();
  const { subject } = event;
  const group = groups.find(({ id }) => id === event.groupId)?.name ?? '';
  const summary = describeRecurrence(
    initial.recurrence,
    { date: initial.startDate, time: initial.startTime, endTime: initial.endTime },
    t,
    format.locale,
  );
  const day = format.dateTime(parseApiTime(event.startTime));
  const isSeries = summary !== null;

  const ask = () =>
    confirmLoss({
      title: t(isSeries ? 'delete.titleSeries' : 'delete.title'),
      children: isSeries
        ? t('delete.textSeries', { subject, group, summary })
        : t('delete.text', { subject, group, day }),
      confirm: t(isSeries ? 'delete.confirmSeries' : 'delete.confirm'),
      onConfirm: () =>
        remove.mutate(
          { path: { event_id: event.id } },
          {
            onSuccess: () => {
              notify.success(t(isSeries ? 'delete.doneSeries' : 'delete.done', { subject }));
              onDone();
            },
            onError: notify.failure,
          },
        ),
    });

  return (
    <Button
      variant="subtle"
      color="red"
      leftSection={<IconTrash size={17} />}
      loading={remove.isPending}
      onClick={ask}
    >
      {t(isSeries ? 'delete.confirmSeries' : 'delete.action')}
    </Button>
  );
}
