import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import classes from './media.module.css';
import { MediaCard } from './media-card';
import { PreviewModal } from './preview-modal';
import { RenameModal } from './rename-modal';

export function MediaGrid({ media }: { media: Media[] }) {
  const { t } = useTranslation('media');
  const [shown, setShown] = useState<Media | null>(null);
  const [renamed, setRenamed] = useState<Media | null>(null);
  return (
    <>
      <ul className={classes.grid} aria-label={t('label')}>
        {media.map((each) => (
          <li key={each.id}>
            <MediaCard
              media={each}
              onShow={() => setShown(each)}
              onRename={() => setRenamed(each)}
            />
          </li>
        ))}
      </ul>
      {shown !== null && <PreviewModal media={shown} onClose={() => setShown(null)} />}
      {renamed !== null && <RenameModal media={renamed} onClose={() => setRenamed(null)} />}
    </>
  );
}
