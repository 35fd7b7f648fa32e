import { ActionIcon, Group, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '@/components/ui/media-facts';
import { useProblemText } from '@/components/ui/problem-text';
import { useTimeFormat } from '@/lib/school-time';
import type { Upload, UploadQueue } from '../upload-queue';

const PER_CENT = 100;

type UploadRowProps = { upload: Upload; queue: UploadQueue };

export function UploadRow({ upload, queue }: UploadRowProps) {
  const { t } = useTranslation('media');
  const problemText = useProblemText();
  const { locale } = useTimeFormat();
  const { id, name, size, state, progress, error } = upload;
  const hasFailed = state === 'failed';
  const percent = Math.round(progress * PER_CENT);

  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Stack gap={4} flex={1} miw={0}>
        <Group gap="sm" wrap="nowrap" justify="space-between">
          <Text size="sm" fw={500} truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="tabular" style={{ flexShrink: 0 }}>
            {said()}
          </Text>
        </Group>
        {hasFailed ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problemText(error)}
          </Text>
        ) : (
          <Progress.Root size="sm">
            <Progress.Section
              value={percent}
              color={state === 'done' ? 'teal.8' : undefined}
              aria-label={t('uploads.progress', { name })}
            />
          </Progress.Root>
        )}
      </Stack>
      {hasFailed && (
        <Action label={t('uploads.retry', { name })} onClick={() => queue.retry(id)}>
          <IconRefresh size={17} />
        </Action>
      )}
      {state === 'done' ? (
        <IconCheck size={18} color="var(--app-good)" aria-hidden />
      ) : (
        <Action
          label={t(hasFailed ? 'uploads.dismiss' : 'uploads.cancel', { name })}
          onClick={() => queue.cancel(id)}
        >
          <IconX size={17} />
        </Action>
      )}
    </Group>
  );

  function said() {
    if (state === 'waiting') return t('uploads.waiting');
    if (state === 'done') return t('uploads.done');
    if (hasFailed) return formatSize(size, locale);
    return progress === 1 ? t('uploads.checking') : `${percent} % · ${formatSize(size, locale)}`;
  }
}

type ActionProps = { label: string; onClick: () => void; children: ReactNode };

function Action({ label, onClick, children }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
