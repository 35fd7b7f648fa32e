import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/api/types';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';

type StaleNoticeProps = { current: Event; onReload: () => void; onOverwrite: () => void };

export function StaleNotice({ current, onReload, onOverwrite }: StaleNoticeProps) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  return (
    <Alert
      color="orange"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      icon={<IconUsers />}
      title={t('stale.title')}
      role="alert"
    >
      <Stack gap="xs">
        <Text size="sm">{t('stale.text')}</Text>
        <Text size="sm" fw={600}>
          {t('stale.differences', {
            subject: current.subject,
            start: format.dateTime(parseApiTime(current.startTime)),
            end: format.dateTime(parseApiTime(current.endTime)),
          })}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onReload}>
            {t('stale.reload')}
          </Button>
          <Button size="xs" variant="default" onClick={onOverwrite}>
            {t('stale.overwrite')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
