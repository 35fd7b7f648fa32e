import { useQuery } from '@tanstack/react-query';
import { crashedClientsOptions } from '@/api/generated/@tanstack/react-query.gen';

const SAFETY_MS = 30_000;

export function useCrashed() {
  return useQuery({ ...crashedClientsOptions(), refetchInterval: SAFETY_MS });
}
