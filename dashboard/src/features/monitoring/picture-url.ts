import type { ClientOverview } from '@/api/types';

type Pictured = Pick<ClientOverview, 'screenshotUrl' | 'lastScreenshotHash'>;

/** Where a device's latest picture is; a browser that has the same one does not fetch it again. */
export function pictureUrl({ screenshotUrl, lastScreenshotHash }: Pictured): string | null {
  if (screenshotUrl === null) return null;
  return lastScreenshotHash === null ? screenshotUrl : `${screenshotUrl}?v=${lastScreenshotHash}`;
}
