import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChecks, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { GroupCommandItems } from '@/components/commands/group-command-items';
import { HoldGroupItem } from '@/components/groups/hold-group-item';
import type { Column } from '../board';
import { useBoardActions } from '../board-actions';
import { DeleteGroupModal } from './delete-group-modal';
import { EditGroupModal } from './edit-group-modal';

export function ColumnMenu({ column }: { column: Column }) {
  const { groups, select } = useBoardActions();
  const { t } = useTranslation('groups');
  const { group, clients } = column;
  const [editing, edit] = useDisclosure();
  const [deleting, remove] = useDisclosure();
  return (
    <>
      <Menu width={230}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('column.menu', { name: group.name })}
          >
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconChecks size={16} />}
            disabled={clients.length === 0}
            onClick={() => select(clients.map((client) => client.uuid))}
          >
            {t('column.selectAll')}
          </Menu.Item>
          {clients.length > 0 && <Menu.Divider />}
          <GroupCommandItems name={group.name} clients={clients} />
          {!group.isUnassigned && (
            <>
              <Menu.Divider />
              <HoldGroupItem group={group} />
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={edit.open}>
                {t('column.edit')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={16} />}
                color="var(--mantine-color-error)"
                onClick={remove.open}
              >
                {t('column.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <EditGroupModal group={group} opened={editing} onClose={edit.close} />
      <DeleteGroupModal column={column} groups={groups} opened={deleting} onClose={remove.close} />
    </>
  );
}
