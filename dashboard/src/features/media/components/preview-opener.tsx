/** The picture of a card: opens what the browser can show, here or in a new tab. */
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import { previewOf } from '@/components/ui/media-facts';
import { MediaThumbnail } from '@/components/ui/media-thumbnail';
import classes from './media.module.css';

type PreviewOpenerProps = { media: Media; onShow: () => void };

export function PreviewOpener({ media, onShow }: PreviewOpenerProps) {
  const { t } = useTranslation('media');
  const preview = previewOf(media);
  const { name } = media;
  const picture = <MediaThumbnail media={media} />;
  if (preview.how === 'none') return <div className={classes.picture}>{picture}</div>;
  if (preview.how === 'tab')
    return (
      <a
        href={preview.url}
        target="_blank"
        rel="noopener"
        className={classes.picture}
        aria-label={t('preview.openTab', { name })}
      >
        {picture}
      </a>
    );
  return (
    <UnstyledButton
      className={classes.picture}
      aria-label={t('preview.open', { name })}
      onClick={onShow}
    >
      {picture}
    </UnstyledButton>
  );
}
