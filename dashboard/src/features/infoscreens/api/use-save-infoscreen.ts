import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getClientQueryKey } from '@/api/generated/@tanstack/react-query.gen';
import { assignClients, changeClient } from '@/api/generated/sdk.gen';
import { refreshAfter } from '@/api/notices';
import type { Client } from '@/api/types';

type Settings = { description: string; groupId: string; isActive: boolean; version: number };

const CLIENTS = new Set(['clients'] as const);

/** Changes the fields first: moving the device makes a new version of it. */
async function save(client: Client, settings: Settings): Promise<Client> {
  const { uuid } = client;
  const { description, isActive, version } = settings;
  const { data: changed } = await changeClient({
    path: { uuid },
    body: { description: description.trim() || null, isActive, version },
    throwOnError: true,
  });
  const groupId = Number(settings.groupId);
  if (groupId === client.groupId) return changed;
  const { data: moved } = await assignClients({
    body: { clientIds: [uuid], groupId },
    throwOnError: true,
  });
  return moved.clients[0] ?? changed;
}

/** Refreshes also after a refusal: someone else may have changed the device meanwhile. */
export function useSaveInfoscreen(client: Client) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (settings: Settings) => save(client, settings),
    onSuccess: (saved) =>
      queryClient.setQueryData(getClientQueryKey({ path: { uuid: saved.uuid } }), saved),
    onSettled: () => refreshAfter(queryClient, CLIENTS),
  });
}
