import { useQuery } from '@tanstack/react-query';
import * as z from 'zod';
import { defaultsOptions } from '@/api/generated/@tanstack/react-query.gen';

const flag = z.string().transform((text) => text === 'true');

/** Settings are strings; a server that does not know one of them yet leaves the product's own default. */
const defaultsSchema = z.object({
  presentation_interval: z.coerce.number().default(10),
  presentation_page_progress: flag.default(true),
  presentation_auto_progress: flag.default(true),
  video_autoplay: flag.default(true),
  video_loop: flag.default(true),
  video_volume: z.coerce.number().default(0.8),
  video_muted: flag.default(false),
});

export type EventDefaults = z.infer<typeof defaultsSchema>;

const readDefaults = (answer: unknown) => defaultsSchema.parse(answer);

export function useEventDefaults() {
  return useQuery({ ...defaultsOptions(), select: readDefaults });
}
