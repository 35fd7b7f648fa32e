/** Alerts that are open or over, the newest first, a page after the other. */
import { Button, Stack } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlertKind } from '@/api/generated/types.gen';
import { useAlerts } from '@/api/use-alerts';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryView } from '@/components/ui/query-view';
import { AlertCard } from './alert-card';

type AlertListProps = { state?: 'open' | 'closed'; kind?: AlertKind };

export function AlertList({ state = 'open', kind }: AlertListProps) {
  const { t } = useTranslation('alerts');
  const alerts = useAlerts(state, kind);
  return (
    <QueryView query={alerts}>
      {({ pages }) => {
        const found = pages.flatMap((page) => page.alerts);
        if (found.length === 0) {
          return (
            <EmptyState
              icon={IconBellCheck}
              title={t(`empty.${state}Title`)}
              text={t(`empty.${state}Text`)}
            />
          );
        }
        return (
          <Stack gap="sm">
            {found.map((alert) => (
              <AlertCard key={alert.id} alert={alert} />
            ))}
            {alerts.hasNextPage && (
              <Button
                variant="default"
                loading={alerts.isFetchingNextPage}
                onClick={() => alerts.fetchNextPage()}
                style={{ alignSelf: 'center' }}
              >
                {t('more')}
              </Button>
            )}
          </Stack>
        );
      }}
    </QueryView>
  );
}
