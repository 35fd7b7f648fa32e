import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNotify } from '@/components/ui/notify';
import { useCreateGroup } from '../api/use-create-group';
import { GroupForm } from './group-form';

export function CreateGroupModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['groups', 'common']);
  const notify = useNotify();
  const create = useCreateGroup();

  function close() {
    create.reset();
    onClose();
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('form.createTitle')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <GroupForm
        initial={{ name: '', description: '', color: '', openingHours: null }}
        submitLabel={t('form.create')}
        isBusy={create.isPending}
        error={create.error}
        onCancel={close}
        onSubmit={({ name, description, color, openingHours }) =>
          create.mutate(
            {
              body: {
                name,
                description: description || null,
                color: color || null,
                openingHours,
              },
            },
            {
              onSuccess: (group) => {
                notify.success(t('form.created', { name: group.name }));
                close();
              },
            },
          )
        }
      />
    </Modal>
  );
}
