/**
 * The one table: sorted by its headings, rows to tick (Shift takes a range), columns that give way on narrow
 * screens. A long list draws only the rows in sight, so a thousand of them scroll like ten.
 */
import { Checkbox, Paper, Table } from '@mantine/core';
import { type RowData, type RowSelectionState, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-grid.module.css';
import { GridBody } from './data-grid-body';
import { type GridColumns, gridFeatures, sortingOf, sortText } from './data-grid-columns';
import { SortHeading } from './data-grid-heading';

/** The shell's header, below which the headings stay. */
const HEADER_PX = 56;
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
  // The table keeps what a row says in a column for as long as its data are the same, whatever becomes of the column.
  const said = useMemo(() => ({ columns, data: [...data] }), [columns, data]);
  const table = useTable({
    features: gridFeatures,
    ...said,
    getRowId: idOf,
    enableSortingRemoval: false,
    state: { sorting: sortingOf(sort), rowSelection: selection ?? NOTHING },
    onSortingChange: (change) =>
      onSort(sortText(typeof change === 'function' ? change(sortingOf(sort)) : change)),
    onRowSelectionChange: (change) =>
      onSelection?.((before) => (typeof change === 'function' ? change(before) : change)),
  });
  const { rows } = table.getRowModel();
  const canTick = selection !== undefined;

  return (
    <Paper withBorder bg="var(--app-raised)" className={classes.frame}>
      <Table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        stickyHeader
        stickyHeaderOffset={HEADER_PX}
        layout="fixed"
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
        <GridBody rows={rows} columns={columns} nameOf={nameOf} canTick={canTick} />
      </Table>
    </Paper>
  );
}
