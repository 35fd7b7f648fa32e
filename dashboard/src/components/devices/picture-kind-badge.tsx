import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Why a picture was taken. */
export function PictureKindBadge({ kind }: { kind: string }) {
  const { t } = useTranslation();
  if (kind === 'event_start') return <Badge color="teal">{t('screenshot.kind.event_start')}</Badge>;
  if (kind === 'event_stop') return <Badge color="orange">{t('screenshot.kind.event_stop')}</Badge>;
  return <Badge color="indigo">{t('screenshot.kind.periodic')}</Badge>;
}
