import { useTranslation } from 'react-i18next';
import { Page } from '@/components/ui/page';

export function OverviewPage() {
  const { t } = useTranslation();
  return <Page title={t('nav.overview')}>{null}</Page>;
}
