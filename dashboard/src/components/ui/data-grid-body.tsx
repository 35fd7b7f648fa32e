/** The rows of the DataGrid that are in sight. Scrolling draws this anew, and nothing around it. */
import type { Row, RowData } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import type { GridColumns, gridFeatures } from './data-grid-columns';
import { GridRow } from './data-grid-row';
import { useRowsInSight } from './use-rows-in-sight';

type GridBodyProps<Data extends RowData> = {
  rows: Row<typeof gridFeatures, Data>[];
  columns: GridColumns<Data>;
  nameOf: (row: Data) => string;
  canTick: boolean;
};

export function GridBody<Data extends RowData>(props: GridBodyProps<Data>) {
  const { rows, columns, nameOf, canTick } = props;
  const { t } = useTranslation();
  const { body, drawn, before, after, measure } = useRowsInSight(rows.length);
  return (
    <tbody ref={body}>
      <Spacer height={before} />
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
      <Spacer height={after} />
    </tbody>
  );
}

/** Of one cell: to span columns that are hidden would make the table keep room for them. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}
