import * as z from 'zod';

export const SETTINGS_TABS = [
  'calendar',
  'events',
  'display',
  'media',
  'notifications',
  'system',
] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

export const CALENDAR_FOCUS = ['academic-periods', 'holidays'] as const;
export type CalendarFocus = (typeof CALENDAR_FOCUS)[number];

/** `focus` opens a part of the academic calendar, also from links elsewhere; `period` whose holidays are shown. */
export const settingsSearch = z.object({
  tab: z.enum(SETTINGS_TABS).optional().catch(undefined),
  focus: z.enum(CALENDAR_FOCUS).optional().catch(undefined),
  period: z.number().int().positive().optional().catch(undefined),
});
