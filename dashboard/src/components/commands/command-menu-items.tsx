/** What a device, or several, can be told to do, as entries of a menu; nothing for who may not. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/session';
import { COMMAND_ACTIONS, OFFERED_ACTIONS, type OfferedAction } from './actions';
import { type Addressed, useCommands, type Wish } from './commands';

type CommandMenuItemsProps = {
  clients: Addressed[];
  label?: string;
  actions?: readonly OfferedAction[];
} & Pick<Wish, 'group' | 'onStart'>;

export function CommandMenuItems({
  clients,
  label,
  actions = OFFERED_ACTIONS,
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
