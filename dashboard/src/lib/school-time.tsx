/** Gives components the school's zone and its formats in the person's language. Rules: time.ts. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { type TimeFormat, timeFormat } from './time';

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
  return timeFormat(zone, i18n.language);
}

/** A clock that ticks for all who look at it at once, and only while somebody does. */
class Clock {
  private now = new Date();
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly watching = new Set<() => void>();

  constructor(private readonly everyMs: number) {}

  present = (): Date => {
    const isStale = Math.abs(Date.now() - this.now.getTime()) >= this.everyMs;
    if (this.watching.size === 0 && isStale) this.now = new Date();
    return this.now;
  };

  watch = (onTick: () => void): (() => void) => {
    this.watching.add(onTick);
    this.timer ??= setInterval(this.tick, this.everyMs);
    return () => {
      this.watching.delete(onTick);
      if (this.watching.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private tick = () => {
    this.now = new Date();
    for (const onTick of this.watching) onTick();
  };
}

const clocks = new Map<number, Clock>();

function clockOf(everyMs: number): Clock {
  const clock = clocks.get(everyMs) ?? new Clock(everyMs);
  clocks.set(everyMs, clock);
  return clock;
}

/** The present, renewed every so many milliseconds. */
export function useNow(everyMs: number): Date {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(clock.watch, clock.present);
}
