/** The command that an alert's advice speaks of, as a button; nothing where no command helps, or for who may give none. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AlertAnswer } from '@/api/generated/types.gen';
import type { ClientStatus, CommandAction } from '@/api/types';
import { useClientStatus } from '@/api/use-client-status';
import { useCan } from '@/lib/session';
import { COMMAND_ACTIONS } from '../commands/actions';
import { useCommands } from '../commands/commands';

export function ProposedCommand({ alert }: { alert: AlertAnswer }) {
  const { t } = useTranslation(['commands', 'alerts']);
  const { ask } = useCommands();
  const mayCommand = useCan('admin');
  const { data: statuses } = useClientStatus();
  const client = statuses?.find(({ uuid }) => uuid === alert.clientUuid);
  if (!mayCommand || client === undefined) return null;
  const action = proposed(alert.kind, client);
  if (action === undefined) return null;
  const { icon: Glyph } = COMMAND_ACTIONS[action];
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Glyph size={15} aria-hidden />}
      onClick={() =>
        ask({ action, clients: [client], reason: t(`alerts:kind.${alert.kind}.title`) })
      }
    >
      {t(`action.${action}`)}
    </Button>
  );
}

/** What no longer reports can only be reached by its power, where that can be switched. */
function proposed(kind: AlertAnswer['kind'], client: ClientStatus): CommandAction | undefined {
  switch (kind) {
    case 'process_crashed':
    case 'screen_black':
    case 'screen_frozen':
      return 'restart_app';
    case 'device_silent':
      return client.hasPowerSwitch ? 'power_cycle' : 'reboot_host';
    default:
      return undefined;
  }
}
