/** *Abgestürzte / Nicht erreichbare Clients*, each with its cause and a restart that gives it as the reason. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { CrashedClient } from '@/api/generated/types.gen';
import { useClientStatus } from '@/api/use-client-status';
import { useGroups } from '@/api/use-groups';
import { useCommands } from '@/components/commands/commands';
import { useStateWords } from '@/components/devices/state-words';
import { Ago } from '@/components/ui/ago';
import { parseApiTime } from '@/lib/time';
import { useCrashed } from '../api/use-crashed';
import { ClientCell } from './client-cell';
import { TroublePanel } from './trouble-panel';

export function CrashedPanel() {
  const { t } = useTranslation(['monitoring', 'common']);
  const words = useStateWords();
  const { data: crashed } = useCrashed();
  const { data: groups } = useGroups();
  const groupNames = useMemo(() => new Map(groups?.map(({ id, name }) => [id, name])), [groups]);
  return (
    <TroublePanel
      title={t('crashed.title')}
      color="red"
      icon={IconAlertTriangle}
      headings={[
        t('column.client'),
        t('column.group'),
        t('crashed.cause'),
        t('column.process'),
        t('column.lastAlive'),
        t('column.action'),
      ]}
      rows={(crashed?.clients ?? []).map((client) => ({
        key: client.uuid,
        cells: [
          <ClientCell key="client" client={client} />,
          groupNames.get(client.group_id) ?? '–',
          t(`crashed.reason.${client.crash_reason}`),
          words.process(client.process_status) ?? '–',
          client.last_alive === null ? (
            t('common:lifeSign.never')
          ) : (
            <Ago key="ago" at={parseApiTime(client.last_alive)} />
          ),
          <RestartButton key="restart" client={client} />,
        ],
      }))}
    />
  );
}

function RestartButton({ client }: { client: CrashedClient }) {
  const { t } = useTranslation('monitoring');
  const { ask } = useCommands();
  const { data: statuses } = useClientStatus();
  const status = statuses?.find(({ uuid }) => uuid === client.uuid);
  const { uuid, hostname, description, group_id: groupId, is_alive: isAlive } = client;
  const addressed = { uuid, hostname, description, groupId, isAlive };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconRefresh size={15} aria-hidden />}
      aria-label={t('crashed.restartLabel', { name: clientName(client) })}
      onClick={() =>
        ask({
          action: 'reboot_host',
          clients: [{ ...addressed, hasPowerSwitch: status?.hasPowerSwitch ?? false }],
          reason: t(`crashed.reason.${client.crash_reason}`),
        })
      }
    >
      {t('crashed.restart')}
    </Button>
  );
}
