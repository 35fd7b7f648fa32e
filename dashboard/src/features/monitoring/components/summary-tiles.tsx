import {
  IconAlertTriangle,
  IconBug,
  IconCircleCheck,
  IconDeviceTv,
  IconFlame,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OverviewSummary } from '@/api/generated/types.gen';
import { Tiles } from '@/components/ui/tiles';

export function SummaryTiles({ summary }: { summary: OverviewSummary }) {
  const { t } = useTranslation(['monitoring', 'common']);
  const { totalClients, healthyClients, warningClients, criticalClients, offlineClients } = summary;
  return (
    <Tiles
      tiles={[
        {
          key: 'total',
          label: t('tiles.total'),
          value: totalClients,
          icon: IconDeviceTv,
          color: 'indigo',
        },
        {
          key: 'healthy',
          label: t('common:clientStatus.healthy'),
          value: healthyClients,
          icon: IconCircleCheck,
          color: 'teal',
        },
        {
          key: 'warning',
          label: t('common:clientStatus.warning'),
          value: warningClients,
          icon: IconAlertTriangle,
          color: 'orange',
        },
        {
          key: 'critical',
          label: t('common:clientStatus.critical'),
          value: criticalClients,
          icon: IconFlame,
          color: 'red',
        },
        {
          key: 'offline',
          label: t('common:clientStatus.offline'),
          value: offlineClients,
          icon: IconPlugConnectedX,
          color: 'red',
        },
        {
          key: 'errors',
          label: t('tiles.errors'),
          value: summary.errorLogs,
          icon: IconBug,
          color: 'grape',
        },
      ]}
    />
  );
}
