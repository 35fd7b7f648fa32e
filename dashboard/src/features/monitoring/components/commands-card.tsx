/** What devices were told to do last; each opens to its timeline. */
import { Accordion, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { listCommandsOptions } from '@/api/generated/@tanstack/react-query.gen';
import type { ClientOverview } from '@/api/types';
import { CommandEntry } from '@/components/commands/command-entry';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';

const SHOWN = 8;

export function CommandsCard({ clients }: { clients: ClientOverview[] }) {
  const { t } = useTranslation(['monitoring', 'commands']);
  const names = useMemo(
    () => new Map(clients.map((client) => [client.uuid, clientName(client)])),
    [clients],
  );
  const latest = useQuery(listCommandsOptions({ query: { limit: SHOWN } }));
  return (
    <SectionCard title={t('commands.title')}>
      <QueryView query={latest}>
        {({ commands }) =>
          commands.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('commands:history.none')}
            </Text>
          ) : (
            <Accordion chevronPosition="right" variant="default" order={3}>
              {commands.map((command) => (
                <CommandEntry
                  key={command.commandId}
                  command={command}
                  device={names.get(command.clientUuid)}
                />
              ))}
            </Accordion>
          )
        }
      </QueryView>
    </SectionCard>
  );
}
