import { Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus } from '@/api/types';
import { CommandMenu } from '@/components/commands/command-menu';
import { ClientStatusBadge } from '@/components/devices/client-status-badge';
import { Screenshot } from '@/components/devices/screenshot';
import { useWarningText } from '@/components/devices/warning-text';
import { WhyButton } from '@/components/explain/why-button';
import { Ago } from '@/components/ui/ago';
import { parseApiTime } from '@/lib/time';

export function DeviceRow({ client }: { client: ClientStatus }) {
  const { t } = useTranslation();
  const warningText = useWarningText();
  const { status, ip, lastAlive, warnings } = client;
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Screenshot client={client} />
      <div style={{ minWidth: 0, flexGrow: 1 }}>
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600} lh={1.3} lineClamp={2} miw={0}>
            {clientName(client)}
          </Text>
          <Group gap={4} wrap="nowrap" style={{ flexShrink: 0 }}>
            <ClientStatusBadge status={status} />
            <CommandMenu client={client} />
          </Group>
        </Group>
        <Group justify="space-between" wrap="nowrap" gap="xs" h={20}>
          <Text size="xs" c="dimmed" className="tabular">
            {ip}
          </Text>
          <WhyButton
            compact
            about={{ kind: 'client', uuid: client.uuid, name: clientName(client) }}
          />
        </Group>
        <Text size="xs" c="dimmed" className="tabular">
          {lastAlive === null ? (
            t('lifeSign.never')
          ) : (
            <>
              {t('lifeSign.last')} <Ago at={parseApiTime(lastAlive)} />
            </>
          )}
        </Text>
        {warnings.length > 0 && (
          <List size="xs" mt={4} icon={<IconAlertTriangle size={13} aria-hidden />} spacing={2}>
            {warnings.map((code) => (
              <List.Item key={code}>{warningText(code)}</List.Item>
            ))}
          </List>
        )}
      </div>
    </Group>
  );
}
