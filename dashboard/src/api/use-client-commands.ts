import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clientCommandsOptions } from './generated/@tanstack/react-query.gen';

/** A device's newest commands. */
export function useClientCommands(uuid: string, limit: number) {
  return useQuery({
    ...clientCommandsOptions({ path: { uuid }, query: { limit } }),
    placeholderData: keepPreviousData,
  });
}
