/** A row of the DataGrid. Scrolling draws only those that come into sight: the others stay as they are. */
import { Checkbox, type MantineBreakpoint } from '@mantine/core';
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
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes.row}
    >
      {isSelected !== undefined && (
        <td className={classes.cell}>
          <Checkbox
            size="xs"
            aria-label={selectLabel}
            checked={isSelected}
            onChange={row.getToggleSelectedHandler()}
          />
        </td>
      )}
      {row.getAllCells().map((cell) => (
        <td key={cell.id} className={classOf(cell.column.columnDef.meta?.from)}>
          <FlexRender cell={cell} />
        </td>
      ))}
    </tr>
  );
}

/** As `visibleFrom`, which costs a component in each of a thousand cells. */
function classOf(from: MantineBreakpoint | undefined): string | undefined {
  return from === undefined ? classes.cell : `${classes.cell} mantine-visible-from-${from}`;
}

/** The table makes its rows anew whenever one of them changes; what is in the others is the same. */
function isSame<Data extends RowData>(one: GridRowProps<Data>, other: GridRowProps<Data>): boolean {
  const { row, ...rest } = one;
  const isSameRow = row.original === other.row.original && row.index === other.row.index;
  return (
    isSameRow &&
    Object.entries(rest).every(([name, value]) => other[name as keyof typeof rest] === value)
  );
}

export const GridRow = memo(Drawn, isSame) as typeof Drawn;
