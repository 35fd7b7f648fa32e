import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { listGroupsOptions } from './generated/@tanstack/react-query.gen';
import type { GroupsAnswer } from './generated/types.gen';

/** Every group; the fixed one last, and by its name in the person's language. */
export function useGroups() {
  const { t } = useTranslation();
  const select = useCallback(
    ({ groups }: GroupsAnswer) => [
      ...groups.filter((group) => !group.isUnassigned),
      ...groups
        .filter((group) => group.isUnassigned)
        .map((group) => ({ ...group, name: t('unassigned') })),
    ],
    [t],
  );
  return useQuery({ ...listGroupsOptions(), select });
}
