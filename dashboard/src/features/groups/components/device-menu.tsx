import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus } from '@/api/types';
import { CommandMenuItems } from '@/components/commands/command-menu-items';
import { MoveTargets } from '@/components/devices/move-targets';
import { useBoardActions } from '../board-actions';

export function DeviceMenu({ client }: { client: ClientStatus }) {
  const { groups, move } = useBoardActions();
  const { t } = useTranslation('groups');
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('device.menu', { name: clientName(client) })}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
        <CommandMenuItems clients={[client]} />
        <Menu.Divider />
        <Menu.Label>{t('device.moveTo')}</Menu.Label>

        <MoveTargets
          groups={groups.filter((group) => group.id !== client.groupId)}
          onPick={(group) => move(client, group)}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
