import * as z from 'zod';

export const OVERVIEW_FILTERS = ['all', 'online', 'offline', 'warning'] as const;

export type OverviewFilter = (typeof OVERVIEW_FILTERS)[number];

export const overviewSearch = z.object({
  show: z.enum(OVERVIEW_FILTERS).optional().catch(undefined),
});
