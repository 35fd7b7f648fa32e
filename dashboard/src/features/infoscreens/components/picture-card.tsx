/** What the screen shows, large. */
import { Text } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus } from '@/api/types';
import { pictureOf } from '@/components/devices/screenshot';
import { Ago } from '@/components/ui/ago';
import { SectionCard } from '@/components/ui/section-card';
import classes from './infoscreen-page.module.css';

export function PictureCard({ status }: { status: ClientStatus }) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const [broken, setBroken] = useState<string | null>(null);
  const picture = pictureOf(status);
  const isThere = picture !== null && picture.address !== broken;
  return (
    <SectionCard
      title={t('picture.title')}
      actions={
        isThere && (
          <Text size="xs" c="dimmed" className="tabular">
            {t('picture.taken')} <Ago at={picture.taken} />
          </Text>
        )
      }
    >
      {isThere ? (
        <img
          className={classes.picture}
          src={picture.address}
          alt={t('common:screenshot.label', { name: clientName(status) })}
          onError={() => setBroken(picture.address)}
        />
      ) : (
        <div className={`${classes.picture} ${classes.noPicture}`}>
          <IconPhotoOff size={32} stroke={1.5} aria-hidden />
          <Text size="sm">{t('picture.none')}</Text>
        </div>
      )}
    </SectionCard>
  );
}
