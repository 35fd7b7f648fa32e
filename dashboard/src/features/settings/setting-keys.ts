/** The settings this page knows, by the card they stand on; texts: settings.json `setting`. */
export const WEBUNTIS_KEYS = ['supplement_table_enabled', 'supplement_table_url'] as const;
export const PRESENTATION_KEYS = [
  'presentation_interval',
  'presentation_auto_progress',
  'presentation_page_progress',
] as const;
export const VIDEO_KEYS = ['video_autoplay', 'video_loop', 'video_muted', 'video_volume'] as const;
export const HOURS_KEYS = ['opening_hours'] as const;
export const DISPLAY_KEYS = [
  'holiday_banner_enabled',
  'command_expiry_seconds',
  'refresh_seconds',
] as const;
export const MEDIA_KEYS = ['max_upload_mb', 'max_video_seconds'] as const;
export const SCHOOL_KEYS = ['organization_name', 'timezone'] as const;
export const PASSWORD_KEYS = ['password_minimum', 'password_minimum_admin'] as const;

export type SettingKey =
  | (typeof WEBUNTIS_KEYS)[number]
  | (typeof PRESENTATION_KEYS)[number]
  | (typeof VIDEO_KEYS)[number]
  | (typeof HOURS_KEYS)[number]
  | (typeof DISPLAY_KEYS)[number]
  | (typeof MEDIA_KEYS)[number]
  | (typeof SCHOOL_KEYS)[number]
  | (typeof PASSWORD_KEYS)[number];
