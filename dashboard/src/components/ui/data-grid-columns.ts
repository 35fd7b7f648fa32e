/** What the columns of a DataGrid can say, and how their order is written in an address. */
import type { MantineBreakpoint } from '@mantine/core';
import {
  type ColumnDef,
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
} from '@tanstack/react-table';

type GridColumnMeta = {
  /** Shown from this width of the window on. */
  from?: MantineBreakpoint;
  width?: number | string;
};

export const gridFeatures = tableFeatures({
  rowSelectionFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnMeta: metaHelper<GridColumnMeta>(),
});

// biome-ignore lint/suspicious/noExplicitAny: the library's own type for columns of different values.
export type GridColumns<Row extends RowData> = ColumnDef<typeof gridFeatures, Row, any>[];

export function gridColumns<Row extends RowData>() {
  return createColumnHelper<typeof gridFeatures, Row>();
}

const collator = new Intl.Collator('de', { numeric: true });

type Sorted = { getValue: (id: string) => unknown };

/** As people order names: Raum 2 before Raum 10, Ä beside A. */
export function byText(a: Sorted, b: Sorted, id: string): number {
  return collator.compare(String(a.getValue(id) ?? ''), String(b.getValue(id) ?? ''));
}

/** `-lastAlive` → by `lastAlive`, the greatest first. */
export function sortingOf(sort: string): SortingState {
  return [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];
}

export function sortText(sorting: SortingState): string {
  const [first] = sorting;
  return first === undefined ? '' : `${first.desc ? '-' : ''}${first.id}`;
}
