/** How every device is, in one request; asked again by notices, and by the clock for those that fall silent. */
import { useQuery } from '@tanstack/react-query';
import { monitoringOverviewOptions } from '@/api/generated/@tanstack/react-query.gen';
import { useLiveState } from '@/lib/live-state';

/** A device also changes by falling silent, which nobody announces at once. */
const SAFETY_MS = 30_000;
const POLL_MS = 15_000;
const POLL_PRIORITY_MS = 5_000;

export function useMonitoring() {
  const isDown = useLiveState() === 'down';
  return useQuery({
    ...monitoringOverviewOptions(),
    refetchInterval: ({ state: { data } }) => {
      if (!isDown) return SAFETY_MS;
      return data !== undefined && data.summary.activePriorityScreenshots > 0
        ? POLL_PRIORITY_MS
        : POLL_MS;
    },
  });
}
