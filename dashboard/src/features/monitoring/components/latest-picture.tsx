/** A device's latest picture, small; it opens the recent ones. */
import { IconPhotoOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { thumbnailUrl } from '@/api/thumbnail-url';
import type { ClientOverview } from '@/api/types';
import classes from './monitoring.module.css';

/** What rushes past while somebody scrolls is not fetched. */
const WANTED_AFTER_MS = 200;

export function LatestPicture({ client }: { client: ClientOverview }) {
  const { t } = useTranslation(['monitoring', 'common']);
  const { uuid } = client;
  return client.screenshotUrl === null ? (
    <div className={classes.picture} role="img" aria-label={t('common:screenshot.none')}>
      <IconPhotoOff size={18} stroke={1.5} aria-hidden />
    </div>
  ) : (
    <Link
      to="/monitoring"
      search={(before) => ({ ...before, client: uuid })}
      resetScroll={false}
      replace
      className={classes.picture}
      aria-label={t('pictures', { name: clientName(client) })}
    >
      <Thumbnail address={thumbnailUrl(uuid, client.lastScreenshotHash)} />
    </Link>
  );
}

function Thumbnail({ address }: { address: string }) {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsWanted(true), WANTED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isWanted && <img src={address} alt="" decoding="async" />;
}
