/** How a device is, and what is open about it. */
import { useTranslation } from 'react-i18next';
import type { AlertAnswer } from '@/api/generated/types.gen';
import type { ClientOverview } from '@/api/types';
import { ClientStatusBadge } from '@/components/devices/client-status-badge';

type StatusCellProps = { client: ClientOverview; alerts: readonly AlertAnswer[] };

export function StatusCell({ client, alerts }: StatusCellProps) {
  const { t } = useTranslation(['monitoring', 'alerts']);
  const [first, ...others] = alerts;
  return (
    <div>
      <ClientStatusBadge status={client.status} />
      {first !== undefined && (
        <div className="note">
          {t(`alerts:kind.${first.kind}.title`)}
          {others.length > 0 && ` ${t('moreAlerts', { count: others.length })}`}
        </div>
      )}
    </div>
  );
}
