/** *Service dauerhaft ausgefallen*: what systemd gave up on, until somebody has seen to it. */
import { Button, Code } from '@mantine/core';
import { IconCheck, IconTool } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { useGroups } from '@/api/use-groups';
import { Ago } from '@/components/ui/ago';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useClearFailed } from '../api/use-clear-failed';
import { useFailed } from '../api/use-failed';
import { ClientCell } from './client-cell';
import { TroublePanel } from './trouble-panel';

export function FailedPanel() {
  const { t } = useTranslation(['monitoring', 'common']);
  const format = useTimeFormat();
  const { data: failed } = useFailed();
  const { data: groups } = useGroups();
  const groupNames = useMemo(() => new Map(groups?.map(({ id, name }) => [id, name])), [groups]);
  const clear = useClearFailed();
  return (
    <TroublePanel
      title={t('failed.title')}
      hint={t('failed.hint')}
      color="orange"
      icon={IconTool}
      headings={[
        t('column.client'),
        t('column.group'),
        t('failed.unit'),
        t('failed.since'),
        t('column.lastAlive'),
        t('column.action'),
      ]}
      rows={(failed?.clients ?? []).map((client) => ({
        key: client.uuid,
        cells: [
          <ClientCell key="client" client={client} />,
          groupNames.get(client.group_id) ?? '–',
          <Code key="unit">{client.service_failed_unit}</Code>,
          format.dateTime(parseApiTime(client.service_failed_at)),
          client.last_alive === null ? (
            t('common:lifeSign.never')
          ) : (
            <Ago key="ago" at={parseApiTime(client.last_alive)} />
          ),
          <Button
            key="clear"
            size="compact-sm"
            variant="default"
            leftSection={<IconCheck size={15} aria-hidden />}
            aria-label={t('failed.acknowledgeLabel', { name: clientName(client) })}
            loading={clear.isPending && clear.variables.path.uuid === client.uuid}
            onClick={() => clear.mutate({ path: { uuid: client.uuid } })}
          >
            {t('failed.acknowledge')}
          </Button>,
        ],
      }))}
    />
  );
}
