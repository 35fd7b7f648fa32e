import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import { type Preview, previewOf } from '@/components/ui/media-facts';
import classes from './media.module.css';

const NOTHING: Preview = { how: 'none' };

type ModalProps = { media: Media | null; opened: boolean; onClose: () => void };

export function PreviewModal({ media, opened, onClose }: ModalProps) {
  const { t } = useTranslation(['media', 'common']);
  const preview = media === null ? NOTHING : previewOf(media);
  const name = media?.name ?? '';
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={name}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {preview.how === 'picture' && (
        <img src={preview.url} alt={name} className={classes.preview} />
      )}
      {preview.how === 'video' && (
        // biome-ignore lint/a11y/useMediaCaption: the library has no captions for the school's own videos
        <video
          src={preview.url}
          controls
          className={classes.preview}
          aria-label={t('preview.video', { name })}
        />
      )}
    </Modal>
  );
}
