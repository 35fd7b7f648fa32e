/** The three dots beside a device, with its commands; nothing for who may not give any. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { useCan } from '@/lib/session';
import { CommandMenuItems } from './command-menu-items';
import type { Addressed } from './commands';

export function CommandMenu({ client }: { client: Addressed }) {
  const { t } = useTranslation('commands');
  if (!useCan('admin')) return null;
  return (
    <Menu width={210}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('menu', { name: clientName(client) })}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandMenuItems clients={[client]} />
      </Menu.Dropdown>
    </Menu>
  );
}
