/** The statuses that lists of devices can be filtered by. */
export const STATUS_FILTERS = ['healthy', 'warning', 'critical', 'offline'] as const;

export type StatusFilter = (typeof STATUS_FILTERS)[number];
