/** Loads an event and edits it: a single one, a series as a whole, or one date of it, which is detached by that. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { QueryView } from '@/components/ui/query-view';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { dayOf } from '@/lib/time';
import { useChangeEvent } from '../api/use-change-event';
import { useDetachOccurrence } from '../api/use-detach-occurrence';
import { useEvent } from '../api/use-event';
import type { EventDefaults } from '../api/use-event-defaults';
import {
  changedEventBody,
  detachedBody,
  type EventFields,
  fieldsOf,
  occurrenceFields,
} from '../event-fields';
import type { EditTarget, GroupChoice } from '../event-target';
import { currentEvent } from '../stale';
import { DeleteEventButton } from './delete-event-button';
import { EventForm } from './event-form';
import { SeriesNotice } from './series-notice';
import { StaleNotice } from './stale-notice';

type EditEventProps = {
  target: EditTarget;
  groups: GroupChoice[];
  defaults: EventDefaults;
  onDirty: (dirty: boolean) => void;
  onOpen: (target: EditTarget) => void;
  onClose: () => void;
  onCancel: () => void;
};

export function EditEvent(props: EditEventProps) {
  const event = useEvent(props.target.eventId);
  return <QueryView query={event}>{(stored) => <EditForm {...props} stored={stored} />}</QueryView>;
}

function EditForm(props: EditEventProps & { stored: Event }) {
  const { target, groups, defaults, stored, onDirty, onOpen, onClose, onCancel } = props;
  const { t } = useTranslation(['events', 'common']);
  const zone = useSchoolZone();
  const canEdit = useCan('editor');
  const saving = useSaving(target, onClose);
  // Kept while the form is open: a newer state is shown and offered, never put under a person's hands.
  const [event, setEvent] = useState(stored);
  const [turn, setTurn] = useState(0);
  const newer = currentEvent(saving.error);
  const initial =
    target.scope === 'occurrence'
      ? occurrenceFields(event, target.showing, defaults, zone)
      : fieldsOf(event, defaults, zone);

  function reload(next: Event) {
    saving.reset();
    setEvent(next);
    setTurn(turn + 1);
  }

  return (
    <EventForm
      key={turn}
      initial={initial}
      groups={groups}
      target={target}
      submitLabel={t('common:action.save')}
      isBusy={saving.isPending}
      isReadOnly={!canEdit}
      error={newer === null ? saving.error : null}
      onDirty={onDirty}
      onCancel={onCancel}
      onSubmit={(fields) => saving.save(fields, event)}
      header={<SeriesNotice target={target} event={event} onOpen={onOpen} onRestored={setEvent} />}
      notice={(fields) =>
        newer !== null && (
          <StaleNotice
            current={newer}
            onReload={() => reload(newer)}
            onOverwrite={() => saving.save(fields, newer)}
          />
        )
      }
      footer={
        canEdit && (
          <DeleteEventButton target={target} event={event} groups={groups} onDone={onClose} />
        )
      }
    />
  );
}

/** Saves what the form says, by what the dialog was opened for. */
function useSaving(target: EditTarget, onClose: () => void) {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const notify = useNotify();
  const change = useChangeEvent();
  const detach = useDetachOccurrence();
  const { error, isPending, reset } = target.scope === 'occurrence' ? detach : change;

  function save(fields: EventFields, base: Event) {
    if (target.scope === 'occurrence') return saveOne(fields, base, target.showing.start);
    change.mutate(
      { path: { event_id: base.id }, body: changedEventBody(fields, base, zone) },
      {
        onSuccess: ({ subject, recurrenceRule }) => {
          const isSeriesNow = recurrenceRule !== null;
          notify.success(t(isSeriesNow ? 'dialog.savedSeries' : 'dialog.saved', { subject }));
          onClose();
        },
      },
    );
  }

  function saveOne(fields: EventFields, base: Event, start: Date) {
    const day = dayOf(start, zone);
    detach.mutate(
      { path: { event_id: base.id, day }, body: detachedBody(fields, base, zone) },
      {
        onSuccess: ({ subject }) => {
          notify.success(t('dialog.savedOne', { subject, day: format.longDate(start) }));
          onClose();
        },
      },
    );
  }

  return { save, error, isPending, reset };
}
