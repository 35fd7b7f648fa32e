/** Gives components the school's zone and its formats in the person's language. Rules: time.ts. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createTimeFormat, type TimeFormat } from './time';

/** The setting's own default. */
export const DEFAULT_ZONE = 'Europe/Vienna';

const ZoneContext = createContext(DEFAULT_ZONE);

export function SchoolZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  return <ZoneContext.Provider value={zone}>{children}</ZoneContext.Provider>;
}

export function useSchoolZone(): string {
  return useContext(ZoneContext);
}

export function useTimeFormat(): TimeFormat {
  const zone = useSchoolZone();
  const { i18n } = useTranslation();
  return useMemo(() => createTimeFormat(zone, i18n.language), [zone, i18n.language]);
}

/** The present, renewed every so many milliseconds. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
