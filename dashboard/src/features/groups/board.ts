/** PURE: the columns of the board, from groups, devices and what is searched for. */
import { byClientName, clientFits, fold } from '@/api/client-search';
import type { ClientStatus, Group } from '@/api/types';

export type Column = {
  group: Group;
  /** Those that fit the search. */
  clients: ClientStatus[];
  total: number;
};

/** A search that names a group shows all of it; otherwise the devices that fit, in whatever group. */
export function boardColumns(groups: Group[], clients: ClientStatus[], search: string): Column[] {
  const wanted = fold(search);
  return groups.map((group) => {
    const members = clients.filter((client) => client.groupId === group.id).sort(byClientName);
    const showsAll = wanted === '' || fold(group.name).includes(wanted);
    return {
      group,
      clients: showsAll ? members : members.filter((client) => clientFits(client, wanted)),
      total: members.length,
    };
  });
}
