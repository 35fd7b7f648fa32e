/** How wide an hour is in each view and zoom, in pixels. */
import type { TimelineView, TimelineZoom } from './search';

export const HOUR_PX: Record<TimelineView, Record<TimelineZoom, number>> = {
  day: { compact: 38, standard: 74, wide: 148 },
  week: { compact: 5.5, standard: 12, wide: 30 },
};
