/** What became of every device, the worst first. */
import { Badge, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rollout } from '@/api/types';
import { useClientStatus } from '@/api/use-client-status';
import { useCommandWords } from '@/components/commands/command-words';
import { DeviceLink } from '@/components/devices/device-link';
import { DataGrid } from '@/components/ui/data-grid';
import { byText, gridColumns } from '@/components/ui/data-grid-columns';
import { type Target, type TargetRow, targetRows } from '../target-rows';

type TargetGridProps = {
  rollout: Rollout;
  sort: string | undefined;
  onSort: (sort: string) => void;
};

const WORST_FIRST = 'outcome';
const COLORS: Record<Target['outcome'], string> = {
  completed: 'teal',
  open: 'blue',
  pending: 'gray',
  failed: 'red',
  timed_out: 'red',
  blocked: 'orange',
  expired: 'orange',
  canceled: 'gray',
  vanished: 'gray',
};

export function TargetGrid({ rollout, sort = WORST_FIRST, onSort }: TargetGridProps) {
  const { t } = useTranslation('commands');
  const { data: clients } = useClientStatus();
  const rows = useMemo(() => targetRows(rollout, clients ?? []), [rollout, clients]);
  return (
    <DataGrid
      label={t('rollout.devices')}
      rows={rows}
      columns={useColumns(rollout.waves.length > 1)}
      idOf={(row) => row.target.clientUuid}
      nameOf={(row) => row.name ?? row.target.clientUuid}
      sort={sort}
      onSort={onSort}
    />
  );
}

const column = gridColumns<TargetRow>();

function useColumns(hasWaves: boolean) {
  const { t } = useTranslation('commands');
  return useMemo(() => {
    const name = column.accessor('name', {
      header: t('rollout.deviceColumn'),
      sortFn: byText,
      cell: ({ row }) => <NameCell row={row.original} />,
    });
    const wave = column.accessor((row) => row.target.wave, {
      id: 'wave',
      header: t('rollout.waveColumn'),
      sortDescFirst: false,
      meta: { from: 'sm', width: 110 },
    });
    const outcome = column.accessor('urgency', {
      id: 'outcome',
      header: t('rollout.outcomeColumn'),
      sortDescFirst: false,
      meta: { width: 'clamp(132px, 18vw, 220px)' },
      cell: ({ row }) => <OutcomeCell target={row.original.target} />,
    });
    const explanation = column.display({
      id: 'explanation',
      header: t('rollout.explanation'),
      meta: { from: 'md' },
      cell: ({ row }) => <Explanation target={row.original.target} />,
    });
    return column.columns([name, ...(hasWaves ? [wave] : []), outcome, explanation]);
  }, [t, hasWaves]);
}

function NameCell({ row: { name, target } }: { row: TargetRow }) {
  const { t } = useTranslation('commands');
  if (name === null) return t('rollout.gone');
  return <DeviceLink uuid={target.clientUuid} name={name} />;
}

/** What is under way is told by its stage, what is over by its outcome. */
function OutcomeCell({ target: { outcome, status } }: { target: Target }) {
  const { t } = useTranslation('commands');
  const words = useCommandWords();
  const text =
    outcome === 'open' && status !== null ? words.status(status) : t(`rollout.outcome.${outcome}`);
  return <Badge color={COLORS[outcome]}>{text}</Badge>;
}

function Explanation({ target: { errorCode, errorMessage } }: { target: Target }) {
  const words = useCommandWords();
  if (errorCode === null) return null;
  return (
    <Text size="sm" c="dimmed">
      {words.error(errorCode)}
      {errorMessage !== null && ` (${errorMessage})`}
    </Text>
  );
}
