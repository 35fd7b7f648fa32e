import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus, Group } from '@/api/types';
import { useClientStatus } from '@/api/use-client-status';
import { useGroups } from '@/api/use-groups';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { SearchField } from '@/components/ui/search-field';
import { boardColumns } from '../board';
import { Board } from './board';
import { CreateGroupModal } from './create-group-modal';
import { NoGroups } from './no-groups';

const route = getRouteApi('/shell/groups');

export function GroupsPage() {
  const { t } = useTranslation(['groups', 'common']);
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, create] = useDisclosure();
  const groups = useGroups();
  const clients = useClientStatus();
  const search = (text: string) =>
    navigate({ search: { q: text === '' ? undefined : text }, replace: true });

  return (
    <Page
      title={t('common:nav.groups')}
      subtitle={
        <>
          <span>{t('subtitle')}</span>
          <LiveBadge />
        </>
      }
      actions={
        <>
          <SearchField
            label={t('search')}
            clearLabel={t('searchClear')}
            value={q}
            onSearch={search}
          />
          <Button leftSection={<IconPlus size={17} />} onClick={create.open}>
            {t('new')}
          </Button>
        </>
      }
    >
      <QueryView query={groups}>
        {(groupList) => (
          <>
            {groupList.every((group) => group.isUnassigned) && <NoGroups onCreate={create.open} />}
            <QueryView query={clients}>
              {(clientList) => <SearchedBoard groups={groupList} clients={clientList} search={q} />}
            </QueryView>
          </>
        )}
      </QueryView>
      <CreateGroupModal opened={creating} onClose={create.close} />
    </Page>
  );
}

type SearchedBoardProps = { groups: Group[]; clients: ClientStatus[]; search: string };

/** Typing stays quick: the board follows the search field a moment later. */
function SearchedBoard({ groups, clients, search }: SearchedBoardProps) {
  const wanted = useDeferredValue(search);
  const columns = useMemo(() => boardColumns(groups, clients, wanted), [groups, clients, wanted]);
  return <Board groups={groups} columns={columns} />;
}
