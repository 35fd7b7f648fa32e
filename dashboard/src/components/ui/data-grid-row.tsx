/** A row of the DataGrid. Scrolling draws only those that come into sight: the others stay as they are. */
import { Checkbox, Table } from '@mantine/core';
import { FlexRender, type Row, type RowData } from '@tanstack/react-table';
import { memo, type Ref } from 'react';
import classes from './data-grid.module.css';
import type { GridColumns, gridFeatures } from './data-grid-columns';

type GridRowProps<Data extends RowData> = {
  row: Row<typeof gridFeatures, Data>;
  index: number;
  /** Not read here: other columns say other things of the same row. */
  columns: GridColumns<Data>;
  measure: Ref<HTMLTableRowElement> | undefined;
  /** Undefined where there is nothing to tick. */
  isSelected: boolean | undefined;
  selectLabel: string;
};

function Drawn<Data extends RowData>(props: GridRowProps<Data>) {
  const { row, index, measure, isSelected, selectLabel } = props;
  return (
    <Table.Tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes.row}
    >
      {isSelected !== undefined && (
        <Table.Td>
          <Checkbox
            size="xs"
            aria-label={selectLabel}
            checked={isSelected}
            onChange={row.getToggleSelectedHandler()}
          />
        </Table.Td>
      )}
      {row.getAllCells().map((cell) => (
        <Table.Td key={cell.id} visibleFrom={cell.column.columnDef.meta?.from}>
          <FlexRender cell={cell} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

export const GridRow = memo(Drawn) as typeof Drawn;
