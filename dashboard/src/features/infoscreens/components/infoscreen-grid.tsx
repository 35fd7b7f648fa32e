/** The list itself: what its columns say. */
import { VisuallyHidden } from '@mantine/core';
import type { RowSelectionState } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { CommandMenu } from '@/components/commands/command-menu';
import { ClientStatusBadge } from '@/components/devices/client-status-badge';
import { useMove } from '@/components/devices/use-move';
import { useWarningText } from '@/components/devices/warning-text';
import { Ago } from '@/components/ui/ago';
import { AnchorLink } from '@/components/ui/anchor-link';
import { DataGrid } from '@/components/ui/data-grid';
import { byText, gridColumns } from '@/components/ui/data-grid-columns';
import type { InfoscreenRow } from '../infoscreen-rows';
import classes from './infoscreens.module.css';

type InfoscreenGridProps = {
  rows: InfoscreenRow[];
  groups: Group[];
  sort: string | undefined;
  onSort: (sort: string) => void;
  selection: RowSelectionState;
  onSelection: (change: (before: RowSelectionState) => RowSelectionState) => void;
};

const DEFAULT_SORT = 'name';
const stays = () => {};

export function InfoscreenGrid({ groups, sort = DEFAULT_SORT, ...grid }: InfoscreenGridProps) {
  const { t } = useTranslation('infoscreens');
  return (
    <DataGrid
      label={t('list')}
      columns={useColumns(groups)}
      idOf={(row) => row.client.uuid}
      nameOf={(row) => row.name}
      sort={sort}
      {...grid}
    />
  );
}

const column = gridColumns<InfoscreenRow>();

function useColumns(groups: Group[]) {
  const { t } = useTranslation('infoscreens');
  const move = useMove(stays);
  return useMemo(
    () =>
      column.columns([
        column.accessor('name', {
          header: t('column.name'),
          sortFn: byText,
          cell: ({ row }) => <NameCell row={row.original} />,
        }),
        column.accessor('groupName', {
          id: 'group',
          header: t('column.group'),
          sortFn: byText,
          meta: { from: 'sm' },
        }),
        column.accessor('urgency', {
          id: 'status',
          header: t('column.status'),
          sortDescFirst: false,
          meta: { width: 'clamp(100px, 17vw, 300px)' },
          cell: ({ row }) => <StatusCell row={row.original} />,
        }),
        column.accessor((row) => row.lastAlive?.getTime() ?? 0, {
          id: 'lastAlive',
          header: t('column.lastAlive'),
          sortDescFirst: true,
          meta: { from: 'md', width: 148 },
          cell: ({ row }) => <LastAliveCell row={row.original} />,
        }),
        column.accessor('model', {
          header: t('column.model'),
          sortFn: byText,
          meta: { from: 'lg', width: 160 },
          cell: ({ getValue }) => getValue() ?? '–',
        }),
        column.accessor('softwareVersion', {
          id: 'software',
          header: t('column.software'),
          sortFn: byText,
          meta: { from: 'xl', width: 112 },
          cell: ({ getValue }) => <span className="tabular">{getValue() ?? '–'}</span>,
        }),
        column.display({
          id: 'actions',
          header: () => <VisuallyHidden>{t('column.actions')}</VisuallyHidden>,
          meta: { width: 52 },
          cell: ({ row: { original } }) => (
            <CommandMenu
              client={original.client}
              size={28}
              move={{
                targets: groups.filter((group) => group.id !== original.client.groupId),
                onPick: (group) => move([original.client], group),
              }}
            />
          ),
        }),
      ]),
    [t, groups, move],
  );
}

function NameCell({ row: { client, name, groupName } }: { row: InfoscreenRow }) {
  return (
    <>
      <AnchorLink
        to="/infoscreens/$uuid"
        params={{ uuid: client.uuid }}
        className={classes.name}
        size="sm"
      >
        {name}
      </AnchorLink>
      <div className="note tabular">
        {client.ip ?? client.hostname}
        <span className="mantine-hidden-from-sm">{` · ${groupName}`}</span>
      </div>
    </>
  );
}

function StatusCell({ row: { client } }: { row: InfoscreenRow }) {
  const { t } = useTranslation('infoscreens');
  const warningText = useWarningText();
  const [first, ...others] = client.warnings;
  return (
    <div className={classes.status}>
      <ClientStatusBadge status={client.status} />
      {first !== undefined && (
        <span className="note mantine-visible-from-sm">
          {warningText(first)}
          {others.length > 0 && ` ${t('moreWarnings', { count: others.length })}`}
        </span>
      )}
      {!client.isActive && <span className="note">{t('inactive')}</span>}
    </div>
  );
}

function LastAliveCell({ row: { lastAlive } }: { row: InfoscreenRow }) {
  const { t } = useTranslation();
  return (
    <span className="tabular">
      {lastAlive === null ? t('lifeSign.never') : <Ago at={lastAlive} />}
    </span>
  );
}
