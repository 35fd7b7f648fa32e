import * as z from 'zod';

export const CALENDAR_VIEWS = ['day', 'week', 'month', 'list'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** What the calendar shows is in the address, so that it can be kept and sent. Without a group: the first one. */
export const eventsSearch = z.object({
  view: z.enum(CALENDAR_VIEWS).optional().catch(undefined),
  date: z.iso.date().optional().catch(undefined),
  group: z
    .union([z.literal('all'), z.number().int().positive()])
    .optional()
    .catch(undefined),
});
