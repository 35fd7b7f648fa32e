import { Badge } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';

/** Nothing is shown in this group until somebody releases it; nothing at all where that is not so. */
export function HeldBadge({ pausedAt }: { pausedAt: string | null }) {
  const { t } = useTranslation('common');
  const format = useTimeFormat();
  if (pausedAt === null) return null;
  return (
    <Badge
      color="orange"
      title={t('hold.since', { time: format.dateTime(parseApiTime(pausedAt)) })}
      leftSection={<IconPlayerPause size={12} aria-hidden style={{ display: 'block' }} />}
    >
      {t('hold.badge')}
    </Badge>
  );
}
