/** The log behind its filters: of one device, or the errors of all. */
import { Button, Center, Group, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fold } from '@/api/client-search';
import { LOG_LEVELS, type LogLevel, useClientLogs, useRecentErrors } from '@/api/use-client-logs';
import { QueryView } from '@/components/ui/query-view';
import { SearchField } from '@/components/ui/search-field';
import { LogLines } from './log-lines';

type LogViewProps = {
  /** Without it, the device is picked here. */
  uuid?: string;
  devices?: { value: string; label: string }[];
};

type Choice = LogLevel | 'all';

const STEP = 25;
const MOST = 1_000;

export function LogView({ uuid, devices = [] }: LogViewProps) {
  const { t } = useTranslation('monitoring');
  const [picked, setPicked] = useState<string | null>(null);
  const [choice, setChoice] = useState<Choice>('all');
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(STEP);
  const device = uuid ?? picked;
  const ofOne = useClientLogs(device, choice === 'all' ? null : choice, limit);
  const ofAll = useRecentErrors(limit, device === null);
  const wanted = fold(text);
  return (
    <>
      <Group gap="sm" mb="sm">
        {uuid === undefined && (
          <Select
            aria-label={t('logs.client')}
            placeholder={t('logs.allClients')}
            data={devices}
            value={picked}
            onChange={setPicked}
            searchable
            clearable
            limit={50}
            clearButtonProps={{ 'aria-label': t('logs.clearClient') }}
            w={{ base: '100%', xs: 250 }}
          />
        )}
        {device !== null && (
          <SegmentedControl<Choice>
            size="xs"
            aria-label={t('logs.level')}
            value={choice}
            onChange={setChoice}
            data={(['all', ...LOG_LEVELS] as const).map((value) => ({
              value,
              label: t(`logs.levels.${value}`),
            }))}
          />
        )}
        <SearchField
          label={t('logs.search')}
          clearLabel={t('logs.clear')}
          value={text}
          onSearch={setText}
        />
      </Group>
      <QueryView query={device === null ? ofAll : ofOne}>
        {(lines) => (
          <>
            <LogLines
              lines={lines.filter(({ message }) => fold(message).includes(wanted))}
              withDevice={device === null}
            />
            {lines.length === limit && limit < MOST && (
              <Center mt="sm">
                <Button size="xs" variant="default" onClick={() => setLimit(limit + STEP)}>
                  {t('logs.more')}
                </Button>
              </Center>
            )}
          </>
        )}
      </QueryView>
    </>
  );
}
