import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import { useDialog } from '@/lib/use-dialog';
import classes from './media.module.css';
import { MediaCard } from './media-card';
import { PreviewModal } from './preview-modal';
import { RenameModal } from './rename-modal';

export function MediaGrid({ media }: { media: Media[] }) {
  const { t } = useTranslation('media');
  const preview = useDialog<Media>();
  const rename = useDialog<Media>();
  return (
    <>
      <ul className={classes.grid} aria-label={t('label')}>
        {media.map((each) => (
          <li key={each.id}>
            <MediaCard
              media={each}
              onShow={() => preview.open(each)}
              onRename={() => rename.open(each)}
            />
          </li>
        ))}
      </ul>
      <PreviewModal media={preview.about} opened={preview.opened} onClose={preview.close} />
      <RenameModal
        media={rename.about}
        opened={rename.opened}
        turn={rename.turn}
        onClose={rename.close}
      />
    </>
  );
}
