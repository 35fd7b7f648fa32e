/** The columns, and dragging devices between them. Without a pointer: the menus of cards and selection. */
import { DragDropProvider, type DragEndEvent, DragOverlay } from '@dnd-kit/react';
import { useMemo } from 'react';
import type { ClientStatus } from '@/api/types';
import type { Column } from '../board';
import { useDragPlugins } from '../use-drag-plugins';
import { useMove } from '../use-move';
import { useSelection } from '../use-selection';
import classes from './board.module.css';
import { BoardColumn } from './board-column';
import { DragPreview } from './drag-preview';
import { SelectionBar } from './selection-bar';

export function Board({ columns }: { columns: Column[] }) {
  const selection = useSelection();
  const move = useMove(selection.clear);
  const groups = useMemo(() => columns.map((column) => column.group), [columns]);
  const clients = useMemo(() => columns.flatMap((column) => column.clients), [columns]);
  const { plugins, sensors } = useDragPlugins(clients, groups);

  /** What moves with this device: the ticked ones it belongs to, as far as they are in sight. */
  function together(uuid: string): ClientStatus[] {
    const uuids = new Set(selection.withSelection(uuid));
    return clients.filter((client) => uuids.has(client.uuid));
  }

  function drop({ canceled, operation: { source, target } }: DragEndEvent) {
    const group = groups.find(({ id }) => id === target?.id);
    if (canceled || !source || !group) return;
    move(together(String(source.id)), group);
  }

  const columnView = (column: Column) => (
    <BoardColumn
      key={column.group.id}
      column={column}
      groups={groups}
      selection={selection}
      onMove={(client, group) => move(together(client.uuid), group)}
    />
  );

  return (
    <DragDropProvider plugins={plugins} sensors={sensors} onDragEnd={drop}>
      <div className={classes.board}>
        <div className={classes.groups}>
          {columns.filter(({ group }) => !group.isUnassigned).map(columnView)}
        </div>
        {columns.filter(({ group }) => group.isUnassigned).map(columnView)}
      </div>
      <DragOverlay>{(source) => <DragPreview clients={together(String(source.id))} />}</DragOverlay>
      <SelectionBar
        clients={clients.filter((client) => selection.selected.has(client.uuid))}
        groups={groups}
        onMove={move}
        onClear={selection.clear}
      />
    </DragDropProvider>
  );
}
