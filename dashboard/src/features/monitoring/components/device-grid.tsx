/** Every device with what it does; a name opens the details. */
import { useMediaQuery } from '@mantine/hooks';
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
import { LatestPicture } from './latest-picture';
import classes from './monitoring.module.css';
import { PictureCell } from './picture-cell';
import { StatusCell } from './status-cell';

type DeviceGridProps = { rows: DeviceRow[]; sort?: string; onSort: (sort: string) => void };

const DEFAULT_SORT = 'status';
/** Where there is no room for a column of pictures they stand beside the names. */
const NARROW = '(max-width: 61.99em)';

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
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  return useMemo(
    () =>
      column.columns([
        column.accessor('name', {
          header: t('column.client'),
          sortFn: byText,
          cell: ({ row: { original } }) => (
            <div className={isNarrow ? classes.pictured : undefined}>
              {isNarrow && <LatestPicture client={original.client} />}
              <ClientCell client={original.client} withGroup />
            </div>
          ),
        }),
        column.accessor((row) => row.client.groupName, {
          id: 'group',
          header: t('column.group'),
          sortFn: byText,
          meta: { from: 'xl', width: 116 },
          cell: ({ getValue }) => <div className={classes.twoLines}>{getValue()}</div>,
        }),
        column.accessor('urgency', {
          id: 'status',
          header: t('column.status'),
          sortDescFirst: false,
          meta: { width: 'clamp(124px, 9.5vw, 190px)' },
          cell: ({ row: { original } }) => (
            <StatusCell client={original.client} alerts={alertsOf(original.client.uuid)} />
          ),
        }),
        column.accessor((row) => titleOf(row.client.currentEventId), {
          id: 'event',
          header: t('column.event'),
          sortFn: byText,
          meta: { from: 'lg', width: 'clamp(112px, calc(36vw - 400px), 420px)' },
          cell: ({ getValue }) => <div className={classes.twoLines}>{getValue()}</div>,
        }),
        column.accessor((row) => words.process(row.client.processStatus) ?? '', {
          id: 'process',
          header: t('column.process'),
          sortFn: byText,
          meta: { from: 'sm', width: 126 },
          cell: ({ row, getValue }) => (
            <>
              <div>{getValue() || '–'}</div>
              <div className={`${classes.oneLine} note tabular`}>
                {row.original.client.currentProcess}
              </div>
            </>
          ),
        }),
        column.accessor((row) => words.screen(row.client.screenHealthStatus) ?? '–', {
          id: 'screen',
          header: t('column.screen'),
          sortFn: byText,
          meta: { from: 'md', width: 180 },
          cell: ({ row }) => !isNarrow && <PictureCell client={row.original.client} />,
        }),
        column.accessor((row) => row.client.mqttReconnectCount ?? 0, {
          id: 'reconnects',
          header: t('column.reconnects'),
          sortDescFirst: true,
          meta: { from: 'xl', width: 132 },
          cell: ({ row }) => <Reconnects row={row.original} />,
        }),
        column.accessor((row) => row.lastAlive?.getTime() ?? 0, {
          id: 'lastAlive',
          header: t('column.lastAlive'),
          sortDescFirst: true,
          meta: { from: 'lg', width: 148 },
          cell: ({ row: { original } }) => (
            <span className="tabular">
              {original.lastAlive === null ? (
                t('common:lifeSign.never')
              ) : (
                <Ago at={original.lastAlive} />
              )}
            </span>
          ),
        }),
      ]),
    [t, words, titleOf, alertsOf, isNarrow],
  );
}

/** How often it came back to the broker since it started, and when it was away last. */
function Reconnects({ row: { client, lastDisconnect } }: { row: DeviceRow }) {
  const format = useTimeFormat();
  return (
    <>
      <div className="tabular">{client.mqttReconnectCount ?? '–'}</div>
      {lastDisconnect !== null && (
        <div className="note tabular">{format.dateTime(lastDisconnect)}</div>
      )}
    </>
  );
}
