/** A heading that sorts by its column, and says so to a reader of the screen. */
import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { Header, RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import classes from './data-grid.module.css';
import type { gridFeatures } from './data-grid-columns';

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;
const ICONS = { asc: IconArrowUp, desc: IconArrowDown } as const;

type SortHeadingProps<Row extends RowData> = {
  // biome-ignore lint/suspicious/noExplicitAny: the library's own type for a column of any value.
  header: Header<typeof gridFeatures, Row, any>;
  children: ReactNode;
};

export function SortHeading<Row extends RowData>({ header, children }: SortHeadingProps<Row>) {
  const { column } = header;
  const sorted = column.getIsSorted();
  const Glyph = sorted === false ? IconArrowsSort : ICONS[sorted];
  return (
    <Table.Th
      visibleFrom={column.columnDef.meta?.from}
      w={column.columnDef.meta?.width}
      aria-sort={sorted === false ? undefined : ARIA_SORT[sorted]}
    >
      {column.getCanSort() ? (
        <UnstyledButton className={classes.sort} onClick={column.getToggleSortingHandler()}>
          {children}
          <Glyph size={15} data-sorted={sorted !== false} aria-hidden />
        </UnstyledButton>
      ) : (
        children
      )}
    </Table.Th>
  );
}
