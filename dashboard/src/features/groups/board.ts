/** PURE: the columns of the board, from groups, devices and what is searched for. */
import { clientName } from '@/api/client-name';
import type { ClientStatus, Group } from '@/api/types';

export type Column = {
  group: Group;
  /** Those that fit the search. */
  clients: ClientStatus[];
  total: number;
};

function fold(text: string): string {
  return text.trim().toLocaleLowerCase('de');
}

function fits(client: ClientStatus, wanted: string): boolean {
  const texts = [clientName(client), client.hostname, client.ip, client.uuid];
  return texts.some((text) => text !== null && fold(text).includes(wanted));
}

function byName(a: ClientStatus, b: ClientStatus): number {
  return clientName(a).localeCompare(clientName(b), 'de', { numeric: true });
}

/** A search that names a group shows all of it; otherwise the devices that fit, in whatever group. */
export function boardColumns(groups: Group[], clients: ClientStatus[], search: string): Column[] {
  const wanted = fold(search);
  return groups.map((group) => {
    const members = clients.filter((client) => client.groupId === group.id).sort(byName);
    const showsAll = wanted === '' || fold(group.name).includes(wanted);
    return {
      group,
      clients: showsAll ? members : members.filter((client) => fits(client, wanted)),
      total: members.length,
    };
  });
}
