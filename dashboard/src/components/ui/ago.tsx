import { useNow, useTimeFormat } from '@/lib/school-time';

const EVERY_MS = 1_000;

/** `vor 5 Sekunden`, counting on; the exact time on hover. */
export function Ago({ at }: { at: Date }) {
  const format = useTimeFormat();
  const now = useNow(EVERY_MS);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at)}>
      {format.ago(at, now)}
    </time>
  );
}
