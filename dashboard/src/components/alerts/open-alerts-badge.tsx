import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOpenAlerts } from '@/api/use-open-alerts';

/** How many alerts are open; red as soon as one is critical, nothing while all is well. */
export function OpenAlertsBadge() {
  const { t } = useTranslation();
  const { data } = useOpenAlerts();
  const count = data === undefined ? 0 : data.warning + data.critical;
  if (data === undefined || count === 0) return null;
  return (
    <Badge
      size="sm"
      circle={count < 10}
      color={data.critical > 0 ? 'red' : 'orange'}
      aria-label={t('nav.openAlerts', { count })}
    >
      {count}
    </Badge>
  );
}
