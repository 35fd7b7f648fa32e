import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Upload, UploadQueue } from '../upload-queue';
import { UploadRow } from './upload-row';

type UploadListProps = { uploads: readonly Upload[]; queue: UploadQueue };

export function UploadList({ uploads, queue }: UploadListProps) {
  const { t } = useTranslation('media');
  const hasDone = uploads.some(({ state }) => state === 'done');
  return (
    <Paper
      withBorder
      p="md"
      bg="var(--app-raised)"
      component="section"
      aria-label={t('uploads.title')}
    >
      <Group justify="space-between" mb="sm" mih={30}>
        <Title order={2} size="h5">
          {t('uploads.title')}
        </Title>
        {hasDone && (
          <Button size="compact-sm" variant="subtle" onClick={queue.clearDone}>
            {t('uploads.clear')}
          </Button>
        )}
      </Group>
      <Stack gap="sm">
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} queue={queue} />
        ))}
      </Stack>
    </Paper>
  );
}
