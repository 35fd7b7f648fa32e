import { useQuery } from '@tanstack/react-query';
import { defaultsOptions } from '@/api/generated/@tanstack/react-query.gen';

const isShown = (defaults: Record<string, string>) => defaults.holiday_banner_enabled !== 'false';

/** Whether the school wants the banner of its period; not before that is known. */
export function useBannerShown(): boolean {
  return useQuery({ ...defaultsOptions(), select: isShown }).data ?? false;
}
