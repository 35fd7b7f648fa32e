import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { QueryView } from '@/components/ui/query-view';
import { useGroupEventCount } from '../api/use-group-event-count';
import type { Column } from '../board';
import { DeleteGroupForm } from './delete-group-form';

type DeleteGroupModalProps = {
  column: Column;
  groups: Group[];
  opened: boolean;
  onClose: () => void;
};

export function DeleteGroupModal({ column, groups, opened, onClose }: DeleteGroupModalProps) {
  const { t } = useTranslation(['groups', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('delete.title', { name: column.group.name })}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <CountedForm column={column} groups={groups} onClose={onClose} />
    </Modal>
  );
}

/** Mounted only while the question is open, so that the events are counted then. */
function CountedForm({ column, groups, onClose }: Omit<DeleteGroupModalProps, 'opened'>) {
  const eventCount = useGroupEventCount(column.group.id);
  return (
    <QueryView query={eventCount}>
      {(events) => (
        <DeleteGroupForm
          group={column.group}
          content={{ clients: column.total, events }}
          groups={groups}
          onClose={onClose}
        />
      )}
    </QueryView>
  );
}
