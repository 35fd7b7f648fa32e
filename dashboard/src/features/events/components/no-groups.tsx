import { Button } from '@mantine/core';
import { IconLayoutKanban } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from '@/components/ui/page';
import { useCan } from '@/lib/session';

export function NoGroups({ title }: { title: string }) {
  const { t } = useTranslation('events');
  const canMakeGroups = useCan('admin');
  return (
    <Page title={title}>
      <EmptyState
        icon={IconLayoutKanban}
        title={t('noGroups.title')}
        text={t(canMakeGroups ? 'noGroups.text' : 'noGroups.textOther')}
        action={
          canMakeGroups && (
            <Button component={Link} to="/groups">
              {t('noGroups.action')}
            </Button>
          )
        }
      />
    </Page>
  );
}
