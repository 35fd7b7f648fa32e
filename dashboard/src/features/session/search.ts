import * as z from 'zod';

/** Only paths of this page: `//host` and `https:` would lead a person away after login. */
const LOCAL_PATH = /^\/(?![/\\])/;

export const loginSearch = z.object({
  next: z.string().regex(LOCAL_PATH).optional().catch(undefined),
  expired: z.boolean().optional().catch(undefined),
});
