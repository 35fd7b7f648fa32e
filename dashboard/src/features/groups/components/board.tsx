/** The columns, and dragging devices between them. Without a pointer: the menus of cards and selection. */
import { DragDropProvider, type DragEndEvent, DragOverlay } from '@dnd-kit/react';
import { useCallback, useMemo } from 'react';
import type { ClientStatus, Group } from '@/api/types';
import { SelectionCommandMenu } from '@/components/commands/selection-command-menu';
import { MoveMenu } from '@/components/devices/move-menu';
import { SelectionBar } from '@/components/devices/selection-bar';
import { useMove } from '@/components/devices/use-move';
import type { Column } from '../board';
import { type BoardActions, BoardActionsProvider } from '../board-actions';
import { useDragPlugins } from '../use-drag-plugins';
import { useLatest } from '../use-latest';
import { useSelection } from '../use-selection';
import classes from './board.module.css';
import { BoardColumn } from './board-column';
import { DragPreview } from './drag-preview';

type BoardProps = { groups: Group[]; columns: Column[] };

export function Board({ groups, columns }: BoardProps) {
  const { selected, toggle, add, clear } = useSelection();
  const move = useMove(clear);
  const clients = useMemo(() => columns.flatMap((column) => column.clients), [columns]);
  const ticked = clients.filter((client) => selected.has(client.uuid));
  const shown = useLatest({ clients, groups, selected });
  const { plugins, sensors } = useDragPlugins(shown);

  /** The device, or all ticked ones if it is one of them, as far as the search leaves them in sight. */
  const together = useCallback(
    (uuid: string): ClientStatus[] => {
      const moving = shown.current.selected.has(uuid) ? shown.current.selected : new Set([uuid]);
      return shown.current.clients.filter((client) => moving.has(client.uuid));
    },
    [shown],
  );

  const actions = useMemo<BoardActions>(
    () => ({
      groups,
      toggle,
      select: add,
      move: (client, group) => move(together(client.uuid), group),
    }),
    [groups, toggle, add, move, together],
  );

  function drop({ canceled, operation: { source, target } }: DragEndEvent) {
    const group = groups.find(({ id }) => id === target?.id);
    if (canceled || !source || !group) return;
    move(together(String(source.id)), group);
  }

  const columnView = (column: Column) => (
    <BoardColumn key={column.group.id} column={column} selected={selected} />
  );

  return (
    <BoardActionsProvider value={actions}>
      <DragDropProvider plugins={plugins} sensors={sensors} onDragEnd={drop}>
        <div className={classes.board}>
          <div className={classes.groups}>
            {columns.filter(({ group }) => !group.isUnassigned).map(columnView)}
          </div>
          {columns.filter(({ group }) => group.isUnassigned).map(columnView)}
        </div>
        <DragOverlay>
          {(source) => <DragPreview clients={together(String(source.id))} />}
        </DragOverlay>
        <SelectionBar count={ticked.length} onClear={clear}>
          <SelectionCommandMenu clients={ticked} onStart={clear} />
          <MoveMenu groups={groups} onPick={(group) => move(ticked, group)} />
        </SelectionBar>
      </DragDropProvider>
    </BoardActionsProvider>
  );
}
