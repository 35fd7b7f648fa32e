/** What cards and columns can do. One object for all of them, so that a tick redraws one card, not every one. */
import { createContext, useContext } from 'react';
import type { ClientStatus, Group } from '@/api/types';

export type BoardActions = {
  groups: Group[];
  toggle: (uuid: string) => void;
  select: (uuids: string[]) => void;
  /** Moves this device, and with it the ticked ones if it is one of them. */
  move: (client: ClientStatus, group: Group) => void;
};

const BoardActionsContext = createContext<BoardActions | null>(null);

export const BoardActionsProvider = BoardActionsContext.Provider;

export function useBoardActions(): BoardActions {
  const actions = useContext(BoardActionsContext);
  if (actions === null) throw new Error('useBoardActions needs a board around it');
  return actions;
}
