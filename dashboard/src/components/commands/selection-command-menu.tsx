/** A button that opens the commands for the ticked devices. */
import { Button, Menu } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CommandMenuItems } from './command-menu-items';
import type { Addressed } from './commands';

type SelectionCommandMenuProps = { clients: Addressed[]; onStart: () => void };

export function SelectionCommandMenu({ clients, onStart }: SelectionCommandMenuProps) {
  const { t } = useTranslation('commands');
  return (
    <Menu position="top" width={210}>
      <Menu.Target>
        <Button size="xs" variant="light" leftSection={<IconBolt size={15} />}>
          {t('selection')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandMenuItems clients={clients} onStart={onStart} />
      </Menu.Dropdown>
    </Menu>
  );
}
