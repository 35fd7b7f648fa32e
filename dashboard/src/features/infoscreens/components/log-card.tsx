import { useTranslation } from 'react-i18next';
import { LogView } from '@/components/devices/log-view';
import { SectionCard } from '@/components/ui/section-card';

export function LogCard({ uuid }: { uuid: string }) {
  const { t } = useTranslation('monitoring');
  return (
    <SectionCard title={t('logs.title')}>
      <LogView uuid={uuid} />
    </SectionCard>
  );
}
