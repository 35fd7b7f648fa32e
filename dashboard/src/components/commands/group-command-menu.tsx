/** The three dots beside a group, with its commands; nothing where there is nobody to command. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus } from '@/api/types';
import { useCan } from '@/lib/session';
import { GroupCommandItems } from './group-command-items';

type GroupCommandMenuProps = { name: string; clients: ClientStatus[] };

export function GroupCommandMenu({ name, clients }: GroupCommandMenuProps) {
  const { t } = useTranslation('commands');
  if (!useCan('admin') || !clients.some((client) => client.isActive)) return null;
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('group.menu', { name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <GroupCommandItems name={name} clients={clients} />
      </Menu.Dropdown>
    </Menu>
  );
}
