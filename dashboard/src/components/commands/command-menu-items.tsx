/** What a device, or several, can be told to do, as entries of a menu; nothing for who may not. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CommandAction } from '@/api/types';
import { useCan } from '@/lib/session';
import { ACTIONS_OF_MANY, ACTIONS_OF_ONE, COMMAND_ACTIONS } from './actions';
import { type Addressed, useCommands, type Wish } from './commands';

type CommandMenuItemsProps = {
  clients: Addressed[];
  label?: string;
  actions?: readonly CommandAction[];
} & Pick<Wish, 'group' | 'onStart'>;

export function CommandMenuItems({
  clients,
  label,
  actions = offeredTo(clients),
  group,
  onStart,
}: CommandMenuItemsProps) {
  const { t } = useTranslation('commands');
  const { ask } = useCommands();
  if (!useCan('admin')) return null;
  return (
    <>
      {label !== undefined && <Menu.Label>{label}</Menu.Label>}
      {actions.map((action) => {
        const { icon: Glyph } = COMMAND_ACTIONS[action];
        return (
          <Menu.Item
            key={action}
            leftSection={<Glyph size={16} aria-hidden />}
            color={action === 'shutdown_host' ? 'var(--mantine-color-error)' : undefined}
            disabled={clients.length === 0}
            onClick={() => ask({ action, clients, group, onStart })}
          >
            {t(`action.${action}`)}
          </Menu.Item>
        );
      })}
    </>
  );
}

function offeredTo(clients: Addressed[]): readonly CommandAction[] {
  if (clients.length !== 1) return ACTIONS_OF_MANY;
  return clients[0]?.hasPowerSwitch
    ? ACTIONS_OF_ONE
    : ACTIONS_OF_ONE.filter((action) => action !== 'power_cycle');
}
