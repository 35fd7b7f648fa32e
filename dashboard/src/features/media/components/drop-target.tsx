/** The whole page takes files that are dragged over it. */
import { Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function DropTarget({ onDrop }: { onDrop: (files: File[]) => void }) {
  const { t } = useTranslation('media');
  return (
    // Only for a mouse that drags; the button does the same for everyone.
    <Dropzone.FullScreen onDrop={onDrop} aria-hidden tabIndex={-1}>
      <Stack align="center" justify="center" gap="xs" mih="60vh" style={{ pointerEvents: 'none' }}>
        <IconUpload size={44} stroke={1.5} aria-hidden />
        <Text size="lg" fw={600}>
          {t('dropHere')}
        </Text>
        <Text c="dimmed">{t('dropKinds')}</Text>
      </Stack>
    </Dropzone.FullScreen>
  );
}
