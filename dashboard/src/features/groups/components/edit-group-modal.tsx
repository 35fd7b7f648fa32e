import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useChangeGroup } from '../api/use-change-group';
import { GroupForm } from './group-form';

type EditGroupModalProps = { group: Group; opened: boolean; onClose: () => void };

export function EditGroupModal({ group, opened, onClose }: EditGroupModalProps) {
  const { t } = useTranslation(['groups', 'common']);
  const notify = useNotify();
  const change = useChangeGroup();
  const { id, name, description, color, version } = group;

  function close() {
    change.reset();
    onClose();
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('form.editTitle')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <GroupForm
        // Someone else's change makes a new version: the form starts again from it.
        key={version}
        initial={{ name, description: description ?? '', color: color ?? '' }}
        submitLabel={t('common:action.save')}
        isBusy={change.isPending}
        error={change.error}
        onCancel={close}
        onSubmit={(fields) =>
          change.mutate(
            {
              path: { group_id: id },
              body: {
                name: fields.name,
                description: fields.description || null,
                color: fields.color || null,
                version,
              },
            },
            {
              onSuccess: (saved) => {
                notify.success(t('form.saved', { name: saved.name }));
                close();
              },
            },
          )
        }
      />
    </Modal>
  );
}
