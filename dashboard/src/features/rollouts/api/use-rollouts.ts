import { useQuery } from '@tanstack/react-query';
import { listRolloutsOptions } from '@/api/generated/@tanstack/react-query.gen';

/** The newest commands to many devices. */
export function useRollouts() {
  return useQuery({
    ...listRolloutsOptions({ query: { limit: 100 } }),
    select: ({ rollouts }) => rollouts,
  });
}
