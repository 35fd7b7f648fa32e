/** The history of a device's commands, the newest first; each opens to its timeline. */
import { Accordion, Button, Center, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClientCommands } from '@/api/use-client-commands';
import { CommandEntry } from '@/components/commands/command-entry';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';

const STEP = 10;

export function CommandsCard({ uuid }: { uuid: string }) {
  const { t } = useTranslation('commands');
  const [limit, setLimit] = useState(STEP);
  const history = useClientCommands(uuid, limit);
  return (
    <SectionCard title={t('history.title')}>
      <QueryView query={history}>
        {({ commands, total }) =>
          commands.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('history.none')}
            </Text>
          ) : (
            <>
              <Accordion chevronPosition="right" variant="default" order={3}>
                {commands.map((command) => (
                  <CommandEntry key={command.commandId} command={command} />
                ))}
              </Accordion>
              {total > commands.length && (
                <Center mt="sm">
                  <Button
                    size="xs"
                    variant="default"
                    loading={history.isPlaceholderData}
                    onClick={() => setLimit(limit + STEP)}
                  >
                    {t('history.more')}
                  </Button>
                </Center>
              )}
            </>
          )
        }
      </QueryView>
    </SectionCard>
  );
}
