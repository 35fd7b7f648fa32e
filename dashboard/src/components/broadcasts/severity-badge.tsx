import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Broadcast } from '@/api/types';
import { lookOf } from './severity';

export function SeverityBadge({ broadcast }: { broadcast: Pick<Broadcast, 'severity' | 'drill'> }) {
  const { t } = useTranslation('broadcasts');
  const { color, icon: Glyph } = lookOf(broadcast);
  const text = t(`severity.${broadcast.severity}`);
  return (
    <Badge
      color={color}
      style={{ flexShrink: 0 }}
      leftSection={<Glyph size={13} aria-hidden style={{ display: 'block' }} />}
    >
      {broadcast.drill ? t('drillOf', { severity: text }) : text}
    </Badge>
  );
}
