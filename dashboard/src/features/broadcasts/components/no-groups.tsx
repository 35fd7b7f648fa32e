import { Button } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/empty-state';

export function NoGroups() {
  const { t } = useTranslation('broadcasts');
  return (
    <EmptyState
      icon={IconSpeakerphone}
      title={t('noGroups.title')}
      text={t('noGroups.text')}
      action={
        <Button component={Link} to="/groups">
          {t('noGroups.action')}
        </Button>
      }
    />
  );
}
