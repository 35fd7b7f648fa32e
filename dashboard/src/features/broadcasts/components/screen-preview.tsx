/** About how the message looks on a screen; the heading is the server's, in the language of the screens. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BroadcastFields } from '../broadcast-fields';
import classes from './screen-preview.module.css';

const HEADINGS = { info: 'Durchsage', warning: 'Wichtige Durchsage', critical: 'Notfall' } as const;

export function ScreenPreview({
  fields: { message, severity, drill },
}: {
  fields: BroadcastFields;
}) {
  const { t } = useTranslation('broadcasts');
  const heading = HEADINGS[severity];
  return (
    <figure className={classes.figure}>
      <div className={classes.screen} lang="de">
        <p className={classes.heading}>{drill ? `Übung: ${heading}` : heading}</p>
        <p className={classes.message} data-empty={message.trim() === ''}>
          {message.trim() === '' ? t('preview.empty') : message}
        </p>
      </div>
      <Text component="figcaption" size="sm" c="dimmed" mt={8}>
        {t('preview.caption')}
      </Text>
    </figure>
  );
}
