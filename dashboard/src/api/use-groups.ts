import { useQuery } from '@tanstack/react-query';
import { listGroupsOptions } from './generated/@tanstack/react-query.gen';
import type { GroupsAnswer } from './generated/types.gen';

/** The API gives "Nicht zugeordnet" first; people look for it last. */
function unassignedLast({ groups }: GroupsAnswer) {
  return [
    ...groups.filter((group) => !group.isUnassigned),
    ...groups.filter((group) => group.isUnassigned),
  ];
}

export function useGroups() {
  return useQuery({ ...listGroupsOptions(), select: unassignedLast });
}
