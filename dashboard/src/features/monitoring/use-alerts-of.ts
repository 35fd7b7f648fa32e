/** What is open about each device, the gravest first: one request for all devices. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { listAlertsOptions } from '@/api/generated/@tanstack/react-query.gen';
import type { AlertAnswer } from '@/api/generated/types.gen';

const MOST = 1_000;
const NONE: readonly AlertAnswer[] = [];

export function useAlertsOf(): (uuid: string) => readonly AlertAnswer[] {
  const { data } = useQuery(listAlertsOptions({ query: { state: 'open', limit: MOST } }));
  const byClient = useMemo(() => byGravity(data?.alerts ?? NONE), [data]);
  return useCallback((uuid) => byClient.get(uuid) ?? NONE, [byClient]);
}

function byGravity(alerts: readonly AlertAnswer[]): Map<string, AlertAnswer[]> {
  const about = new Map<string, AlertAnswer[]>();
  const isCritical = ({ severity }: AlertAnswer) => Number(severity === 'critical');
  for (const alert of alerts.toSorted((a, b) => isCritical(b) - isCritical(a))) {
    if (alert.clientUuid === null) continue;
    about.set(alert.clientUuid, [...(about.get(alert.clientUuid) ?? []), alert]);
  }
  return about;
}
