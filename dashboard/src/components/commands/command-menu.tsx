/** The three dots beside a device, with its commands and where it can move; nothing for who may not give any. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { Group } from '@/api/types';
import { MoveTargets } from '@/components/devices/move-targets';
import { useCan } from '@/lib/session';
import { CommandMenuItems } from './command-menu-items';
import type { Addressed } from './commands';

type CommandMenuProps = {
  client: Addressed;
  size?: number;
  move?: { targets: Group[]; onPick: (group: Group) => void };
};

export function CommandMenu({ client, size = 24, move }: CommandMenuProps) {
  const { t } = useTranslation('commands');
  if (!useCan('admin')) return null;
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={size}
          aria-label={t('menu', { name: clientName(client) })}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
        <CommandMenuItems clients={[client]} />
        {move && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('moveTo')}</Menu.Label>
            <MoveTargets groups={move.targets} onPick={move.onPick} />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
