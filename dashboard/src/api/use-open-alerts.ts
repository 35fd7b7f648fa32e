import { useQuery } from '@tanstack/react-query';
import { listAlertsOptions } from './generated/@tanstack/react-query.gen';
import type { AlertsAnswer } from './generated/types.gen';

const pickOpen = ({ open }: AlertsAnswer) => open;

/** How many alerts are open, by severity. */
export function useOpenAlerts() {
  return useQuery({
    ...listAlertsOptions({ query: { state: 'open', limit: 1 } }),
    select: pickOpen,
  });
}
