/** Every screen of a message and what it makes of it, those that do not show it first. */
import { Badge, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useGroups } from '@/api/use-groups';
import { DeviceLink } from '@/components/devices/device-link';
import { Ago } from '@/components/ui/ago';
import { DataGrid } from '@/components/ui/data-grid';
import { byText, gridColumns } from '@/components/ui/data-grid-columns';
import { useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { parseApiTime } from '@/lib/time';
import { BADGE_COLORS, type RollCallRow, type RollCallScreen, rollCallRows } from '../roll-call';

type RollCallGridProps = {
  screens: RollCallScreen[];
  sort: string | undefined;
  onSort: (sort: string) => void;
};

const WORST_FIRST = 'status';

export function RollCallGrid({ screens, sort = WORST_FIRST, onSort }: RollCallGridProps) {
  const { t } = useTranslation('broadcasts');
  const { data: groups } = useGroups();
  const rows = useMemo(() => rollCallRows(screens, groups ?? []), [screens, groups]);
  return (
    <DataGrid
      label={t('rollCall.label')}
      rows={rows}
      columns={useColumns()}
      idOf={(row) => row.screen.uuid}
      nameOf={(row) => row.name}
      sort={sort}
      onSort={onSort}
    />
  );
}

const column = gridColumns<RollCallRow>();

function useColumns() {
  const { t } = useTranslation('broadcasts');
  return useMemo(
    () =>
      column.columns([
        column.accessor('name', {
          header: t('rollCall.screen'),
          sortFn: byText,
          cell: ({ row }) => <NameCell row={row.original} />,
        }),
        column.accessor('group', {
          header: t('rollCall.group'),
          sortFn: byText,
          meta: { from: 'sm' },
        }),
        column.accessor('urgency', {
          id: 'status',
          header: t('rollCall.status'),
          sortDescFirst: false,
          meta: { width: 'clamp(132px, 18vw, 220px)' },
          cell: ({ row }) => <StatusBadge status={row.original.screen.status} />,
        }),
        column.accessor((row) => row.screen.shownAt ?? '', {
          id: 'shownAt',
          header: t('rollCall.shownAt'),
          meta: { from: 'sm', width: 132 },
          cell: ({ row }) => <ShownAt at={row.original.screen.shownAt} />,
        }),
        column.accessor((row) => row.screen.lastAlive ?? '', {
          id: 'lastAlive',
          header: t('rollCall.lastAlive'),
          meta: { from: 'md', width: 160 },
          cell: ({ row }) => <LastAlive at={row.original.screen.lastAlive} />,
        }),
      ]),
    [t],
  );
}

function NameCell({ row: { name, screen } }: { row: RollCallRow }) {
  const isLink = useCan('admin');
  if (!isLink)
    return (
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
    );
  return <DeviceLink uuid={screen.uuid} name={name} />;
}

function StatusBadge({ status }: { status: RollCallScreen['status'] }) {
  const { t } = useTranslation('broadcasts');
  return <Badge color={BADGE_COLORS[status]}>{t(`status.${status}`)}</Badge>;
}

function ShownAt({ at }: { at: string | null }) {
  const format = useTimeFormat();
  return <span className="tabular">{at === null ? '–' : format.clock(parseApiTime(at))}</span>;
}

function LastAlive({ at }: { at: string | null }) {
  const { t } = useTranslation('common');
  return (
    <span className="tabular">
      {at === null ? t('lifeSign.never') : <Ago at={parseApiTime(at)} />}
    </span>
  );
}
