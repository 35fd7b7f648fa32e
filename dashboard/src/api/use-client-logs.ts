/** What devices log, the newest first: of one, by level, or the errors of all. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clientLogLinesOptions, recentErrorsOptions } from './generated/@tanstack/react-query.gen';

const REFRESH_MS = 15_000;
const HOURS = 24;

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export function useClientLogs(uuid: string | null, level: LogLevel | null, limit: number) {
  return useQuery({
    ...clientLogLinesOptions({ path: { uuid: uuid ?? '' }, query: { level, limit } }),
    enabled: uuid !== null,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    select: ({ logs }) => logs,
  });
}

export function useRecentErrors(limit: number, enabled: boolean) {
  return useQuery({
    ...recentErrorsOptions({ query: { limit, hours: HOURS } }),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    select: ({ errors }) => errors,
  });
}
