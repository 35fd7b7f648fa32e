/** The instant the cards speak of: moves on at every start and end, so that cards change by themselves. */
import { useEffect, useState } from 'react';
import type { Showing } from '@/api/use-occurrences';
import { nextChange } from './group-cards';

/** A sleeping computer stops timers; looking once a minute sets the cards right after it wakes. */
const LONGEST_WAIT_MS = 60_000;

export function usePlanClock(showings: Showing[] | undefined): Date {
  const [at, setAt] = useState(() => new Date());
  useEffect(() => {
    const change = nextChange(showings ?? [], at);
    const untilChange = change === null ? LONGEST_WAIT_MS : change.getTime() - Date.now();
    const wait = Math.max(0, Math.min(untilChange, LONGEST_WAIT_MS));
    const timer = setTimeout(() => setAt(new Date()), wait);
    return () => clearTimeout(timer);
  }, [showings, at]);
  return at;
}
