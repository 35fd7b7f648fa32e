/** The command that an alert's advice speaks of, as a button. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AlertAnswer } from '@/api/generated/types.gen';
import type { ClientStatus, CommandAction } from '@/api/types';
import { useClientStatus } from '@/api/use-client-status';
import { useCan } from '@/lib/session';
import { COMMAND_ACTIONS } from '../commands/actions';
import { useCommands } from '../commands/commands';

type Proposal = { action: CommandAction; client: ClientStatus };

/** Nothing where no command helps, nor for who may give none. */
export function useProposal({ kind, clientUuid }: AlertAnswer): Proposal | undefined {
  const mayCommand = useCan('admin');
  const { data: statuses } = useClientStatus();
  const client = statuses?.find(({ uuid }) => uuid === clientUuid);
  const action = client && proposed(kind, client);
  return mayCommand && client && action ? { action, client } : undefined;
}

type ProposedCommandProps = Proposal & Pick<AlertAnswer, 'kind'>;

export function ProposedCommand({ action, client, kind }: ProposedCommandProps) {
  const { t } = useTranslation(['commands', 'alerts']);
  const { ask } = useCommands();
  const { icon: Glyph } = COMMAND_ACTIONS[action];
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Glyph size={15} aria-hidden />}
      onClick={() => ask({ action, clients: [client], reason: t(`alerts:kind.${kind}.title`) })}
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
