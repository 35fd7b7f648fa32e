/** What a whole group, or those of it that are offline, can be told to do, as entries of a menu. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientStatus } from '@/api/types';
import { useCan } from '@/lib/session';
import { CommandMenuItems } from './command-menu-items';

type GroupCommandItemsProps = { name: string; clients: ClientStatus[] };

const RESTART = ['reboot_host'] as const;

export function GroupCommandItems({ name, clients }: GroupCommandItemsProps) {
  const { t } = useTranslation('commands');
  const active = clients.filter((client) => client.isActive);
  const offline = active.filter((client) => !client.isAlive);
  if (!useCan('admin') || active.length === 0) return null;
  return (
    <>
      <CommandMenuItems
        clients={active}
        group={name}
        label={t('group.all', { count: active.length })}
      />
      {offline.length > 0 && offline.length < active.length && (
        <>
          <Menu.Divider />
          <CommandMenuItems
            clients={offline}
            group={name}
            actions={RESTART}
            label={t('group.offline', { count: offline.length })}
          />
        </>
      )}
    </>
  );
}
