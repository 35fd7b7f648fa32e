import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientOverview } from '@/api/types';
import { LogView } from '@/components/devices/log-view';
import { SectionCard } from '@/components/ui/section-card';

export function LogsCard({ clients }: { clients: ClientOverview[] }) {
  const { t } = useTranslation('monitoring');
  const devices = useMemo(
    () => clients.map((client) => ({ value: client.uuid, label: clientName(client) })),
    [clients],
  );
  return (
    <SectionCard title={t('logs.title')}>
      <LogView devices={devices} />
    </SectionCard>
  );
}
