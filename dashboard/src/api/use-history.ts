/** Hourly sums for charts: of all devices, or of one. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clientHistoryOptions, fleetHistoryOptions } from './generated/@tanstack/react-query.gen';

const REFRESH_MS = 60_000;

export function useFleetHistory(hours: number) {
  return useQuery({
    ...fleetHistoryOptions({ query: { hours } }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

export function useClientHistory(uuid: string, hours: number) {
  return useQuery({
    ...clientHistoryOptions({ path: { uuid }, query: { hours } }),
    refetchInterval: REFRESH_MS,
  });
}
