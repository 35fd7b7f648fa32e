/** The commands of a device on its own page: the usual one as a button, the others beside it. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { CommandMenuItems } from '@/components/commands/command-menu-items';
import { type Addressed, useCommands } from '@/components/commands/commands';

export function DeviceCommands({ client }: { client: Addressed }) {
  const { t } = useTranslation('commands');
  const { ask } = useCommands();
  return (
    <Button.Group>
      <Button
        variant="default"
        leftSection={<IconRefresh size={17} />}
        onClick={() => ask({ action: 'reboot_host', clients: [client] })}
      >
        {t('action.reboot_host')}
      </Button>
      <Menu width={210}>
        <Menu.Target>
          <Button variant="default" px={8} aria-label={t('menu', { name: clientName(client) })}>
            <IconChevronDown size={17} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <CommandMenuItems clients={[client]} />
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
