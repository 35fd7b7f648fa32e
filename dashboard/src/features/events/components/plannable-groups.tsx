import type { ReactNode } from 'react';
import type { Group } from '@/api/types';
import { useGroups } from '@/api/use-groups';
import { useTabTitle } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { NoGroups } from './no-groups';

type PlannableGroupsProps = { title: string; children: (groups: Group[]) => ReactNode };

/** A page about the groups that events can be planned for, or what to do while there are none. */
export function PlannableGroups({ title, children }: PlannableGroupsProps) {
  const groups = useGroups();
  useTabTitle(title);
  return (
    <QueryView query={groups}>
      {(all) => {
        const plannable = all.filter((group) => !group.isUnassigned);
        return plannable.length === 0 ? <NoGroups title={title} /> : children(plannable);
      }}
    </QueryView>
  );
}
