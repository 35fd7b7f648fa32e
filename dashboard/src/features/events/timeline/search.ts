import * as z from 'zod';

export const TIMELINE_VIEWS = ['day', 'week'] as const;
export type TimelineView = (typeof TIMELINE_VIEWS)[number];

export const TIMELINE_ZOOMS = ['compact', 'standard', 'wide'] as const;
export type TimelineZoom = (typeof TIMELINE_ZOOMS)[number];

/** What the timeline shows is in the address, so that it can be kept and sent. */
export const timelineSearch = z.object({
  view: z.enum(TIMELINE_VIEWS).optional().catch(undefined),
  date: z.iso.date().optional().catch(undefined),
  zoom: z.enum(TIMELINE_ZOOMS).optional().catch(undefined),
});
