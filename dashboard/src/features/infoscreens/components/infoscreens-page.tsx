import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useInfoscreens } from '../api/use-infoscreens';
import { EnrolModal } from './enrol-modal';
import { FilteredInfoscreens } from './filtered-infoscreens';
import { NoInfoscreens } from './no-infoscreens';

const route = getRouteApi('/shell/infoscreens');

export function InfoscreensPage() {
  const { t } = useTranslation(['infoscreens', 'common', 'commands']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const infoscreens = useInfoscreens();
  const [enrolling, enrol] = useDisclosure();

  return (
    <Page
      title={t('common:nav.infoscreens')}
      subtitle={
        <>
          <span>{t('subtitle')}</span>
          <LiveBadge />
        </>
      }
      actions={
        <>
          <Button
            component={Link}
            to="/rollouts"
            variant="default"
            leftSection={<IconListCheck size={17} />}
          >
            {t('commands:rollout.listTitle')}
          </Button>
          <Button leftSection={<IconPlus size={17} />} onClick={enrol.open}>
            {t('new')}
          </Button>
        </>
      }
    >
      <QueryView query={infoscreens}>
        {({ rows, groups }) =>
          rows.length === 0 ? (
            <NoInfoscreens onEnrol={enrol.open} />
          ) : (
            <FilteredInfoscreens
              rows={rows}
              groups={groups}
              search={search}
              onSearch={(change) =>
                navigate({ search: (before) => ({ ...before, ...change }), replace: true })
              }
            />
          )
        }
      </QueryView>
      <EnrolModal
        opened={enrolling}
        onClose={enrol.close}
        groups={infoscreens.data?.groups ?? []}
      />
    </Page>
  );
}
