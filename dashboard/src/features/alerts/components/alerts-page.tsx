/** What somebody should look at: open alerts, and what became of earlier ones. */
import { Group, SegmentedControl, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { zAlertKind } from '@/api/generated/zod.gen';
import { AlertList } from '@/components/alerts/alert-list';
import { AnchorLink } from '@/components/ui/anchor-link';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';

const route = getRouteApi('/shell/alerts');

export function AlertsPage() {
  const { t } = useTranslation(['alerts', 'common']);
  const { state, kind } = route.useSearch();
  return (
    <Page
      title={t('common:nav.alerts')}
      subtitle={
        <>
          <span>{t('subtitle')}</span>
          <LiveBadge />
        </>
      }
      actions={
        <AnchorLink to="/settings" search={{ tab: 'notifications' }} size="sm">
          {t('notifications')}
        </AnchorLink>
      }
    >
      <AlertFilters />
      <AlertList state={state} kind={kind} />
    </Page>
  );
}

function AlertFilters() {
  const { t } = useTranslation('alerts');
  const { state, kind } = route.useSearch();
  const navigate = route.useNavigate();
  const kinds = zAlertKind.options.map((value) => ({ value, label: t(`kind.${value}.title`) }));
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t('filter.state')}
        value={state ?? 'open'}
        onChange={(value) =>
          navigate({ search: { kind, state: value === 'closed' ? 'closed' : undefined } })
        }
        data={(['open', 'closed'] as const).map((value) => ({
          value,
          label: t(`filter.${value}`),
        }))}
      />
      <Select
        aria-label={t('filter.kind')}
        placeholder={t('filter.kind')}
        data={kinds.sort((one, other) => one.label.localeCompare(other.label))}
        value={kind ?? null}
        onChange={(value) => navigate({ search: { state, kind: value ?? undefined } })}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearKind') }}
        searchable
        w={{ base: '100%', xs: 320 }}
      />
    </Group>
  );
}
