/** Loads the event of a showing and edits it; a series as a whole. */
import { Alert, Text } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import type { Showing } from '@/api/use-occurrences';
import { useNotify } from '@/components/ui/notify';
import { QueryView } from '@/components/ui/query-view';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { parseApiTime } from '@/lib/time';
import { useChangeEvent } from '../api/use-change-event';
import { useEvent } from '../api/use-event';
import type { EventDefaults } from '../api/use-event-defaults';
import { changedEventBody, type EventFields, fieldsOf } from '../event-fields';
import type { GroupChoice } from '../event-target';
import { currentEvent } from '../stale';
import { DeleteEventButton } from './delete-event-button';
import { EventForm } from './event-form';
import { StaleNotice } from './stale-notice';

type EditEventProps = {
  showing: Showing;
  groups: GroupChoice[];
  defaults: EventDefaults;
  onDirty: (dirty: boolean) => void;
  onClose: () => void;
  onCancel: () => void;
};

export function EditEvent(props: EditEventProps) {
  const event = useEvent(props.showing.eventId);
  return <QueryView query={event}>{(stored) => <EditForm {...props} stored={stored} />}</QueryView>;
}

function EditForm(props: EditEventProps & { stored: Event }) {
  const { showing, groups, defaults, stored, onDirty, onClose, onCancel } = props;
  const { t } = useTranslation(['events', 'common']);
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const notify = useNotify();
  const canEdit = useCan('editor');
  const change = useChangeEvent();
  // Kept while the form is open: a newer state is shown and offered, never put under a person's hands.
  const [event, setEvent] = useState(stored);
  const newer = currentEvent(change.error);
  const isSeries = event.recurrenceRule !== null;
  const initial = fieldsOf(event, defaults, zone);

  function reload(next: Event) {
    change.reset();
    setEvent(next);
  }

  function save(fields: EventFields, base: Event) {
    change.mutate(
      { path: { event_id: event.id }, body: changedEventBody(fields, base, zone) },
      {
        onSuccess: (saved) => {
          const subject = saved.subject;
          const isSeriesNow = saved.recurrenceRule !== null;
          notify.success(t(isSeriesNow ? 'dialog.savedSeries' : 'dialog.saved', { subject }));
          onClose();
        },
      },
    );
  }

  return (
    <EventForm
      key={event.version}
      initial={initial}
      groups={groups}
      eventId={event.id}
      showing={showing}
      submitLabel={t('common:action.save')}
      isBusy={change.isPending}
      isReadOnly={!canEdit}
      error={newer === null ? change.error : null}
      onDirty={onDirty}
      onCancel={onCancel}
      onSubmit={(fields) => save(fields, event)}
      header={
        isSeries && (
          <Alert color="indigo" icon={<IconRepeat />} p="sm">
            <Text size="sm">
              {canEdit && t('dialog.series')}{' '}
              {t('dialog.seriesSince', { day: format.date(parseApiTime(event.startTime)) })}
            </Text>
          </Alert>
        )
      }
      notice={(fields) =>
        newer !== null && (
          <StaleNotice
            current={newer}
            onReload={() => reload(newer)}
            onOverwrite={() => save(fields, newer)}
          />
        )
      }
      footer={
        canEdit && (
          <DeleteEventButton event={event} initial={initial} groups={groups} onDone={onClose} />
        )
      }
    />
  );
}
