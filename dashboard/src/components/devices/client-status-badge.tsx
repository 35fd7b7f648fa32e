import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientStatus } from '@/api/types';

const COLORS = { healthy: 'teal', warning: 'orange', critical: 'red', offline: 'red' } as const;

export function ClientStatusBadge({ status }: { status: ClientStatus['status'] }) {
  const { t } = useTranslation();
  return (
    <Badge color={COLORS[status]} style={{ flexShrink: 0, minWidth: 'max-content' }}>
      {t(`clientStatus.${status}`)}
    </Badge>
  );
}
