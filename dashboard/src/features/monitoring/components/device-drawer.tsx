/** One device beside the list: its picture and the recent ones, its facts, its charts and its commands. */
import { Accordion, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientOverview } from '@/api/types';
import { useClientCommands } from '@/api/use-client-commands';
import { useClientHistory } from '@/api/use-history';
import { HistoryView } from '@/components/charts/history-view';
import { CommandEntry } from '@/components/commands/command-entry';
import { ClientStatusBadge } from '@/components/devices/client-status-badge';
import { LogView } from '@/components/devices/log-view';
import { PictureHistory } from '@/components/devices/picture-history';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';
import { DeviceFacts } from './device-facts';

const COMMANDS_SHOWN = 5;
const HOURS = 24;

type DeviceDrawerProps = { client: ClientOverview | undefined; onClose: () => void };

export function DeviceDrawer({ client, onClose }: DeviceDrawerProps) {
  const { t } = useTranslation('common');
  return (
    <Drawer
      opened={client !== undefined}
      onClose={onClose}
      position="right"
      size="min(720px, 100%)"
      title={client === undefined ? '' : clientName(client)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {client !== undefined && <Details key={client.uuid} client={client} />}
    </Drawer>
  );
}

function Details({ client }: { client: ClientOverview }) {
  const { t } = useTranslation('monitoring');
  const history = useClientHistory(client.uuid, HOURS);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Group gap="xs">
          <ClientStatusBadge status={client.status} />
          <Text size="sm" c="dimmed">
            {client.groupName}
          </Text>
        </Group>
        <Button
          component={Link}
          to={`/infoscreens/${client.uuid}`}
          size="xs"
          variant="default"
          rightSection={<IconExternalLink size={15} aria-hidden />}
        >
          {t('openDevice')}
        </Button>
      </Group>
      <PictureHistory client={client} />
      <DeviceFacts client={client} />
      <SectionCard title={t('charts.lastDay')}>
        <HistoryView query={history} />
      </SectionCard>
      <SectionCard title={t('logs.ofDevice')}>
        <LogView uuid={client.uuid} />
      </SectionCard>
      <Commands uuid={client.uuid} />
    </Stack>
  );
}

function Commands({ uuid }: { uuid: string }) {
  const { t } = useTranslation('commands');
  return (
    <SectionCard title={t('history.title')}>
      <QueryView query={useClientCommands(uuid, COMMANDS_SHOWN)}>
        {({ commands }) =>
          commands.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('history.none')}
            </Text>
          ) : (
            <Accordion chevronPosition="right" variant="default" order={3}>
              {commands.map((command) => (
                <CommandEntry key={command.commandId} command={command} />
              ))}
            </Accordion>
          )
        }
      </QueryView>
    </SectionCard>
  );
}
