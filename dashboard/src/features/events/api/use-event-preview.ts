import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { previewEvent } from '@/api/generated/sdk.gen';
import type { EventDraft } from '@/api/generated/types.gen';

/** What the event would be if it were saved: its next dates, and what else runs then. Null asks nothing. */
export function useEventPreview(draft: EventDraft | null) {
  return useQuery({
    queryKey: [{ _id: 'previewEvent', draft }],
    queryFn: async ({ signal }) => {
      const { data } = await previewEvent({
        body: draft ?? { startTime: '', endTime: '' },
        signal,
        throwOnError: true,
      });
      return data;
    },
    enabled: draft !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
