/** The three dots beside a group, with its commands and whatever else can be done to it; nothing where that is nothing. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus } from '@/api/types';
import { useCan } from '@/lib/session';
import { GroupCommandItems } from './group-command-items';

type GroupCommandMenuProps = { name: string; clients: ClientStatus[]; children?: ReactNode };

export function GroupCommandMenu({ name, clients, children }: GroupCommandMenuProps) {
  const { t } = useTranslation('commands');
  const hasCommands = clients.some((client) => client.isActive);
  if (!useCan('admin') || (!hasCommands && children === undefined)) return null;
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('group.menu', { name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <GroupCommandItems name={name} clients={clients} />
        {hasCommands && children !== undefined && <Menu.Divider />}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
