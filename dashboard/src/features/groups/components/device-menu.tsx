import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus, Group } from '@/api/types';
import { MoveTargets } from './move-targets';

type DeviceMenuProps = {
  client: ClientStatus;
  groups: Group[];
  onMove: (client: ClientStatus, group: Group) => void;
};

export function DeviceMenu({ client, groups, onMove }: DeviceMenuProps) {
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
        <Menu.Label>{t('device.moveTo')}</Menu.Label>

        <MoveTargets
          groups={groups.filter((group) => group.id !== client.groupId)}
          onPick={(group) => onMove(client, group)}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
