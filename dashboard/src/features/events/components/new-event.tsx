import { useTranslation } from 'react-i18next';
import { useNotify } from '@/components/ui/notify';
import { useSchoolZone } from '@/lib/school-time';
import { useCreateEvent } from '../api/use-create-event';
import type { EventDefaults } from '../api/use-event-defaults';
import { newEventBody, newEventFields } from '../event-fields';
import type { EventTarget, GroupChoice } from '../event-target';
import { EventForm } from './event-form';

type NewEventProps = {
  target: Extract<EventTarget, { kind: 'new' }>;
  groups: GroupChoice[];
  defaults: EventDefaults;
  onDirty: (dirty: boolean) => void;
  onClose: () => void;
  onCancel: () => void;
};

export function NewEvent(props: NewEventProps) {
  const { target, groups, defaults, onDirty, onClose, onCancel } = props;
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const notify = useNotify();
  const create = useCreateEvent();
  return (
    <EventForm
      initial={newEventFields(target.range, target.groupId, defaults, zone)}
      groups={groups}
      submitLabel={t('dialog.create')}
      isBusy={create.isPending}
      error={create.error}
      onDirty={onDirty}
      onCancel={onCancel}
      onSubmit={(fields) =>
        create.mutate(
          { body: newEventBody(fields, zone) },
          {
            onSuccess: ({ subject }) => {
              notify.success(t('dialog.created', { subject }));
              onClose();
            },
          },
        )
      }
    />
  );
}
