import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listMediaOptions } from './generated/@tanstack/react-query.gen';

type Wanted = { q?: string; limit?: number; offset?: number };

/** The media library, the newest first; `total` counts what `limit` leaves out. */
export function useMedia(query: Wanted) {
  return useQuery({ ...listMediaOptions({ query }), placeholderData: keepPreviousData });
}
