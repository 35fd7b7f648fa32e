/** A device's latest picture, small, with how it is and why it was taken; it opens the recent ones. */
import { Text } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientOverview } from '@/api/types';
import { useStateWords } from '@/components/devices/state-words';
import { pictureUrl } from '../picture-url';
import classes from './monitoring.module.css';

export function PictureCell({ client }: { client: ClientOverview }) {
  const { t } = useTranslation(['monitoring', 'common']);
  const words = useStateWords();
  const { screenHealthStatus, latestScreenshotType: kind } = client;
  const address = pictureUrl(client);
  return (
    <div className={classes.pictured}>
      {address === null ? (
        <div className={classes.picture} role="img" aria-label={t('common:screenshot.none')}>
          <IconPhotoOff size={18} stroke={1.5} aria-hidden />
        </div>
      ) : (
        <Link
          to="/monitoring"
          search={(before) => ({ ...before, client: client.uuid })}
          resetScroll={false}
          replace
          className={classes.picture}
          aria-label={t('pictures', { name: clientName(client) })}
        >
          <img src={address} alt="" loading="lazy" decoding="async" />
        </Link>
      )}
      <div>
        <Text size="sm">{words.screen(screenHealthStatus) ?? '–'}</Text>
        {kind !== null && (
          <Text
            size="xs"
            c={client.hasActivePriorityScreenshot ? undefined : 'dimmed'}
            fw={client.hasActivePriorityScreenshot ? 600 : undefined}
          >
            {t(
              `common:screenshot.kind.${kind === 'event_start' || kind === 'event_stop' ? kind : 'periodic'}`,
            )}
          </Text>
        )}
      </div>
    </div>
  );
}
