import { useQuery } from '@tanstack/react-query';
import { failedClientsOptions } from '@/api/generated/@tanstack/react-query.gen';

const SAFETY_MS = 30_000;

export function useFailed() {
  return useQuery({ ...failedClientsOptions(), refetchInterval: SAFETY_MS });
}
