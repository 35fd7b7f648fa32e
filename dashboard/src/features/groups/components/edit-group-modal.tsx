import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { EditGroupForm } from './edit-group-form';

type EditGroupModalProps = { group: Group; opened: boolean; onClose: () => void };

export function EditGroupModal({ group, opened, onClose }: EditGroupModalProps) {
  const { t } = useTranslation(['groups', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('form.editTitle')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <EditGroupForm group={group} onClose={onClose} />
    </Modal>
  );
}
