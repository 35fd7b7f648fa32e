/**
 * Lets every page start commands and keeps what was started in sight, over all pages: `useCommands().ask(…)`.
 * The question and the toasts are drawn here, once.
 */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { BulkCommand } from '@/api/generated/types.gen';
import type { ClientStatus, CommandAction } from '@/api/types';
import { useDialog } from '@/lib/use-dialog';
import { COMMAND_ACTIONS } from './actions';
import { CommandQuestion } from './command-question';
import { CommandTray } from './command-tray';
import { useStartedCommands } from './use-started-commands';

export type Addressed = Pick<
  ClientStatus,
  'uuid' | 'hostname' | 'description' | 'groupId' | 'isAlive' | 'hasPowerSwitch'
>;

/** What a person wants done to which devices. */
export type Wish = {
  action: CommandAction;
  clients: Addressed[];
  /** The name of the group that they are all of. */
  group?: string;
  /** Proposed, and can be changed. */
  reason?: string;
  /** Once it is decided: a list can let go of its ticks. */
  onStart?: () => void;
};

export type Terms = { reason: string | null; waves: NonNullable<BulkCommand['waves']> };

type Commands = { ask: (wish: Wish) => void };

const CommandsContext = createContext<Commands | null>(null);

export function useCommands(): Commands {
  const commands = useContext(CommandsContext);
  if (commands === null) throw new Error('useCommands needs a CommandsProvider around it');
  return commands;
}

export function CommandsProvider({ children }: { children: ReactNode }) {
  const { started, start, close, closeAll } = useStartedCommands();
  const question = useDialog<Wish>();
  const { open } = question;

  const commands = useMemo(
    () => ({
      ask(wish: Wish) {
        const mustAsk = COMMAND_ACTIONS[wish.action].asks || wish.clients.length > 1;
        if (mustAsk) open(wish);
        else start(wish, { reason: wish.reason ?? null, waves: [] });
      },
    }),
    [open, start],
  );

  return (
    <CommandsContext.Provider value={commands}>
      {children}
      <CommandQuestion dialog={question} onStart={start} />
      <CommandTray started={started} onClose={close} onCloseAll={closeAll} />
    </CommandsContext.Provider>
  );
}
