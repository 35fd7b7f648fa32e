/** A device's latest picture with how it is and why it was taken. */
import { useTranslation } from 'react-i18next';
import type { ClientOverview } from '@/api/types';
import { useStateWords } from '@/components/devices/state-words';
import { LatestPicture } from './latest-picture';
import classes from './monitoring.module.css';

export function PictureCell({ client }: { client: ClientOverview }) {
  const { t } = useTranslation(['monitoring', 'common']);
  const words = useStateWords();
  const { screenHealthStatus, latestScreenshotType: kind } = client;
  return (
    <div className={classes.pictured}>
      <LatestPicture client={client} />
      <div>
        <div>{words.screen(screenHealthStatus) ?? '–'}</div>
        {kind !== null && (
          <div className={client.hasActivePriorityScreenshot ? classes.priority : 'note'}>
            {t(
              `common:screenshot.kind.${kind === 'event_start' || kind === 'event_stop' ? kind : 'periodic'}`,
            )}
          </div>
        )}
      </div>
    </div>
  );
}
