import { useQuery } from '@tanstack/react-query';
import { listPeriodsOptions } from './generated/@tanstack/react-query.gen';
import type { PeriodsAnswer } from './generated/types.gen';

const pickPeriods = ({ periods }: PeriodsAnswer) => periods;

/** Academic periods by their start; the archived ones only where asked for. */
export function usePeriods({ archived = false }: { archived?: boolean } = {}) {
  const query = archived ? { includeArchived: true } : undefined;
  return useQuery({ ...listPeriodsOptions({ query }), select: pickPeriods });
}
