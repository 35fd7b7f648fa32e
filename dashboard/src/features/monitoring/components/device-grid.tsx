/** Every device with what it does; a name opens the details. */
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStateWords } from '@/components/devices/state-words';
import { Ago } from '@/components/ui/ago';
import { DataGrid } from '@/components/ui/data-grid';
import { byText, gridColumns } from '@/components/ui/data-grid-columns';
import { useTimeFormat } from '@/lib/school-time';
import type { DeviceRow } from '../device-rows';
import { useAlertsOf } from '../use-alerts-of';
import { useEventTitles } from '../use-event-titles';
import { ClientCell } from './client-cell';
import { PictureCell } from './picture-cell';
import { StatusCell } from './status-cell';

type DeviceGridProps = { rows: DeviceRow[]; sort?: string; onSort: (sort: string) => void };

const DEFAULT_SORT = 'status';

export function DeviceGrid({ rows, sort = DEFAULT_SORT, onSort }: DeviceGridProps) {
  const { t } = useTranslation('monitoring');
  return (
    <DataGrid
      label={t('devices')}
      rows={rows}
      columns={useColumns()}
      idOf={(row) => row.client.uuid}
      nameOf={(row) => row.name}
      sort={sort}
      onSort={onSort}
    />
  );
}

const column = gridColumns<DeviceRow>();

function useColumns() {
  const { t } = useTranslation(['monitoring', 'common']);
  const words = useStateWords();
  const titleOf = useEventTitles();
  const alertsOf = useAlertsOf();
  return useMemo(
    () =>
      column.columns([
        column.accessor('name', {
          header: t('column.client'),
          sortFn: byText,
          cell: ({ row }) => <ClientCell client={row.original.client} />,
        }),
        column.accessor((row) => row.client.groupName, {
          id: 'group',
          header: t('column.group'),
          sortFn: byText,
          meta: { from: 'md' },
        }),
        column.accessor('urgency', {
          id: 'status',
          header: t('column.status'),
          sortDescFirst: false,
          cell: ({ row: { original } }) => (
            <StatusCell client={original.client} alerts={alertsOf(original.client.uuid)} />
          ),
        }),
        column.accessor((row) => titleOf(row.client.currentEventId), {
          id: 'event',
          header: t('column.event'),
          sortFn: byText,
          meta: { from: 'lg' },
          cell: ({ getValue }) => (
            <Text size="sm" lineClamp={2}>
              {getValue()}
            </Text>
          ),
        }),
        column.accessor((row) => words.process(row.client.processStatus) ?? '', {
          id: 'process',
          header: t('column.process'),
          sortFn: byText,
          meta: { from: 'sm' },
          cell: ({ row, getValue }) => (
            <>
              <Text size="sm">{getValue() || '–'}</Text>
              <Text size="xs" c="dimmed" className="tabular">
                {row.original.client.currentProcess}
              </Text>
            </>
          ),
        }),
        column.accessor((row) => words.screen(row.client.screenHealthStatus) ?? '–', {
          id: 'screen',
          header: t('column.screen'),
          sortFn: byText,
          meta: { from: 'md' },
          cell: ({ row }) => <PictureCell client={row.original.client} />,
        }),
        column.accessor((row) => row.client.mqttReconnectCount ?? 0, {
          id: 'reconnects',
          header: t('column.reconnects'),
          sortDescFirst: true,
          meta: { from: 'xl' },
          cell: ({ row }) => <Reconnects row={row.original} />,
        }),
        column.accessor((row) => row.lastAlive?.getTime() ?? 0, {
          id: 'lastAlive',
          header: t('column.lastAlive'),
          sortDescFirst: true,
          meta: { from: 'md' },
          cell: ({ row: { original } }) => (
            <Text size="sm" className="tabular">
              {original.lastAlive === null ? (
                t('common:lifeSign.never')
              ) : (
                <Ago at={original.lastAlive} />
              )}
            </Text>
          ),
        }),
      ]),
    [t, words, titleOf, alertsOf],
  );
}

/** How often it came back to the broker since it started, and when it was away last. */
function Reconnects({ row: { client, lastDisconnect } }: { row: DeviceRow }) {
  const format = useTimeFormat();
  return (
    <>
      <Text size="sm" className="tabular">
        {client.mqttReconnectCount ?? '–'}
      </Text>
      {lastDisconnect !== null && (
        <Text size="xs" c="dimmed" className="tabular">
          {format.dateTime(lastDisconnect)}
        </Text>
      )}
    </>
  );
}
