/** What was started from this window, the newest first, and the sending of it. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { clientName } from '@/api/client-name';
import { getCommandQueryKey, getRolloutQueryKey } from '@/api/generated/@tanstack/react-query.gen';
import { commandMany } from '@/api/generated/sdk.gen';
import { refreshAfter } from '@/api/notices';
import type { CommandAction, CommandDetail, Rollout } from '@/api/types';
import { COMMAND_ACTIONS, canBeMany } from './actions';
import type { Terms, Wish } from './commands';
import { refusedCommand } from './refused-command';

export type Started = {
  key: number;
  action: CommandAction;
  /** The devices as people call them. */
  names: string[];
  group: string | null;
  /** Of one device; null until the server has answered. */
  commandId: string | null;
  /** Of several devices; null until the server has answered. */
  rolloutId: number | null;
  /** Why nothing came of it; null where there is a command that tells it. */
  error: unknown;
};

/** More would fill the window; the history of a device, and of rollouts, keeps them all. */
const MOST_KEPT = 8;
const COMMANDS = new Set(['commands', 'rollouts'] as const);

async function sendOne({ action, clients }: Wish, { reason }: Terms): Promise<CommandDetail> {
  const { data } = await COMMAND_ACTIONS[action].send({
    path: { uuid: clients[0]?.uuid ?? '' },
    body: { reason },
    throwOnError: true,
  });
  return data.command;
}

async function sendMany({ action, clients }: Wish, { reason, waves }: Terms): Promise<Rollout> {
  if (!canBeMany(action)) throw new Error(`${action} is for one device`);
  const { data } = await commandMany({
    body: { clientIds: clients.map(({ uuid }) => uuid), action, reason: reason ?? '', waves },
    throwOnError: true,
  });
  return data.rollout;
}

export function useStartedCommands() {
  const queryClient = useQueryClient();
  const [started, setStarted] = useState<Started[]>([]);
  const lastKey = useRef(0);

  const start = useCallback(
    async (wish: Wish, terms: Terms) => {
      lastKey.current += 1;
      const key = lastKey.current;
      const learn = (news: Partial<Started>) =>
        setStarted((all) => all.map((each) => (each.key === key ? { ...each, ...news } : each)));
      const knowCommand = (command: CommandDetail) => {
        const path = { command_id: command.commandId };
        queryClient.setQueryData(getCommandQueryKey({ path }), command);
        learn({ commandId: command.commandId });
      };
      const knowRollout = (rollout: Rollout) => {
        const path = { rollout_id: rollout.id };
        queryClient.setQueryData(getRolloutQueryKey({ path }), rollout);
        learn({ rolloutId: rollout.id });
      };
      const { action, clients, group = null } = wish;
      const begun = { key, action, names: clients.map(clientName), group };
      setStarted((all) =>
        [{ ...begun, commandId: null, rolloutId: null, error: null }, ...all].slice(0, MOST_KEPT),
      );
      try {
        if (clients.length === 1) knowCommand(await sendOne(wish, terms));
        else knowRollout(await sendMany(wish, terms));
      } catch (error) {
        const command = refusedCommand(error);
        if (command === null) learn({ error });
        else knowCommand(command);
      }
      refreshAfter(queryClient, COMMANDS);
    },
    [queryClient],
  );

  const close = useCallback(
    (key: number) => setStarted((all) => all.filter((each) => each.key !== key)),
    [],
  );
  const closeAll = useCallback(() => setStarted([]), []);
  return { started, start, close, closeAll };
}
