import { Button } from '@mantine/core';
import { IconLayoutKanban } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/empty-state';

export function NoGroups({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation('groups');
  return (
    <EmptyState
      icon={IconLayoutKanban}
      title={t('empty.title')}
      text={t('empty.text')}
      action={<Button onClick={onCreate}>{t('form.create')}</Button>}
    />
  );
}
