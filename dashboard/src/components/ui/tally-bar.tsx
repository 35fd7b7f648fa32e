/** How many of a whole are where: as one bar, and the same in words. */
import { Progress } from '@mantine/core';
import classes from './tally-bar.module.css';

type Part = { key: string; count: number; color: string };
export type TallyPart = Part & { text: string };

export function TallyBar({ parts, size = 6 }: { parts: Part[]; size?: number | undefined }) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <Progress.Root size={size} mt={8} aria-hidden>
      {parts
        .filter(({ count }) => count > 0)
        .map(({ key, count, color }) => (
          <Progress.Section key={key} value={(count / total) * 100} color={color} />
        ))}
    </Progress.Root>
  );
}

/** Only the parts that there are. */
export function TallyCounts({ parts }: { parts: TallyPart[] }) {
  return (
    <ul className={classes.counts}>
      {parts
        .filter(({ count }) => count > 0)
        .map(({ key, color, text }) => (
          <li key={key}>
            <span className={classes.dot} style={{ background: color }} />
            {text}
          </li>
        ))}
    </ul>
  );
}
