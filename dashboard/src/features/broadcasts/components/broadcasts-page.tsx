/** Emergency messages: begin one, follow those that last, look back at those that are over. */
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClientStatus } from '@/api/use-client-status';
import { useGroups } from '@/api/use-groups';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';
import { useBroadcasts } from '../api/use-broadcasts';
import { BroadcastForm } from './broadcast-form';
import { BroadcastList } from './broadcast-list';
import { NoGroups } from './no-groups';

export function BroadcastsPage() {
  const { t } = useTranslation('broadcasts');
  const groups = useGroups();
  const { data: clients = [] } = useClientStatus();
  const broadcasts = useBroadcasts();
  return (
    <Page
      title={t('title')}
      subtitle={
        <>
          <span>{t('subtitle')}</span>
          <LiveBadge />
        </>
      }
    >
      <QueryView query={groups}>
        {(list) =>
          list.some((group) => !group.isUnassigned) ? (
            <Stack gap="lg">
              <SectionCard title={t('form.heading')}>
                <BroadcastForm groups={list} clients={clients} />
              </SectionCard>
              <SectionCard title={t('list.heading')}>
                <QueryView query={broadcasts}>
                  {(found) => <BroadcastList broadcasts={found} groups={list} />}
                </QueryView>
              </SectionCard>
            </Stack>
          ) : (
            <NoGroups />
          )
        }
      </QueryView>
    </Page>
  );
}
