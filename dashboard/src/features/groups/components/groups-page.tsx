import { useTranslation } from 'react-i18next';
import { Page } from '@/components/ui/page';

export function GroupsPage() {
  const { t } = useTranslation();
  return <Page title={t('nav.groups')}>{null}</Page>;
}
