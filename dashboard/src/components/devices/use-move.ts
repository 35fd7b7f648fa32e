/** Moves devices and says so; the one way for drag, menus and selection bar. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus, Group } from '@/api/types';
import { useAssignClients } from '@/api/use-assign-clients';
import { useNotify } from '@/components/ui/notify';

export function useMove(onMoved: () => void) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { mutate } = useAssignClients();
  return useCallback(
    (clients: ClientStatus[], group: Group) => {
      const moving = clients.filter((client) => client.groupId !== group.id);
      const [first] = moving;
      if (first === undefined) return;
      mutate(
        { body: { clientIds: moving.map((client) => client.uuid), groupId: group.id } },
        {
          onSuccess: () => {
            const names = { name: clientName(first), group: group.name };
            notify.success(t('moved', { count: moving.length, ...names }));
            onMoved();
          },
          onError: notify.failure,
        },
      );
    },
    [mutate, notify, onMoved, t],
  );
}

export type Move = ReturnType<typeof useMove>;
