import { Button } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/empty-state';

export function NoInfoscreens({ onEnrol }: { onEnrol: () => void }) {
  const { t } = useTranslation('infoscreens');
  return (
    <EmptyState
      icon={IconDeviceTv}
      title={t('empty.title')}
      text={t('empty.text')}
      action={<Button onClick={onEnrol}>{t('new')}</Button>}
    />
  );
}
