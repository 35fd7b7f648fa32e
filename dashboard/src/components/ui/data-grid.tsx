/**
 * The one table: sorted by its headings, rows to tick (Shift takes a range), columns that give way on narrow
 * screens. A long list draws only the rows in sight, so a thousand of them scroll like ten.
 */
import { Checkbox, Paper, Table } from '@mantine/core';
import { type RowData, type RowSelectionState, useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-grid.module.css';
import { type GridColumns, gridFeatures, sortingOf, sortText } from './data-grid-columns';
import { SortHeading } from './data-grid-heading';
import { GridRow } from './data-grid-row';

/** The shell's header, below which the headings stay. */
const HEADER_PX = 56;
const ROW_PX = 57;
const DRAW_ALL_UP_TO = 60;
const NOTHING: RowSelectionState = {};

type DataGridProps<Row extends RowData> = {
  label: string;
  rows: Row[];
  columns: GridColumns<Row>;
  idOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  /** A column's id, with a minus before it for the other way round. */
  sort: string;
  onSort: (sort: string) => void;
  /** Without it there is nothing to tick. */
  selection?: RowSelectionState;
  onSelection?: (change: (before: RowSelectionState) => RowSelectionState) => void;
};

export function DataGrid<Row extends RowData>(props: DataGridProps<Row>) {
  const { label, rows: data, columns, idOf, nameOf, sort, onSort, selection, onSelection } = props;
  const { t } = useTranslation();
  const table = useTable({
    features: gridFeatures,
    columns,
    data,
    getRowId: idOf,
    enableSortingRemoval: false,
    state: { sorting: sortingOf(sort), rowSelection: selection ?? NOTHING },
    onSortingChange: (change) =>
      onSort(sortText(typeof change === 'function' ? change(sortingOf(sort)) : change)),
    onRowSelectionChange: (change) =>
      onSelection?.((before) => (typeof change === 'function' ? change(before) : change)),
  });
  const { rows } = table.getRowModel();
  const { body, drawn, before, after, measure } = useRowsInSight(rows.length);
  const canTick = selection !== undefined;
  const width = columns.length + (canTick ? 1 : 0);

  return (
    <Paper withBorder bg="var(--app-raised)" className={classes.frame}>
      <Table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        stickyHeader
        stickyHeaderOffset={HEADER_PX}
        highlightOnHover
        verticalSpacing={9}
        horizontalSpacing="sm"
      >
        <Table.Thead className={classes.head}>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {canTick && (
                <Table.Th w={44}>
                  <Checkbox
                    size="xs"
                    aria-label={t('grid.selectAll')}
                    checked={rows.length > 0 && table.getIsAllRowsSelected()}
                    indeterminate={table.getIsSomeRowsSelected()}
                    onChange={table.getToggleAllRowsSelectedHandler()}
                  />
                </Table.Th>
              )}
              {group.headers.map((header) => (
                <SortHeading key={header.id} header={header}>
                  <table.FlexRender header={header} />
                </SortHeading>
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody ref={body}>
          <Spacer height={before} width={width} />
          {drawn.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <GridRow
                key={row.id}
                row={row}
                index={index}
                columns={columns}
                measure={measure}
                isSelected={canTick ? row.getIsSelected() : undefined}
                selectLabel={canTick ? t('grid.select', { name: nameOf(row.original) }) : ''}
              />
            );
          })}
          <Spacer height={after} width={width} />
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Spacer({ height, width }: { height: number; width: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height, padding: 0 }} />
    </tr>
  );
}

/** Which rows to draw, and the heights of those left out before and after them. */
function useRowsInSight(count: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const now = (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(now - top) > 1) setTop(now);
  });
  const isLong = count > DRAW_ALL_UP_TO;
  const virtualizer = useWindowVirtualizer({
    count,
    enabled: isLong,
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollMargin: top,
  });
  if (!isLong)
    return {
      body,
      drawn: Array.from({ length: count }, (_, index) => index),
      before: 0,
      after: 0,
      measure: undefined,
    };
  const items = virtualizer.getVirtualItems();
  return {
    body,
    drawn: items.map(({ index }) => index),
    before: (items[0]?.start ?? top) - top,
    after: virtualizer.getTotalSize() + top - (items.at(-1)?.end ?? top),
    measure: virtualizer.measureElement,
  };
}
