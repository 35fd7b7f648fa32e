/** PURE: what a chart draws of hourly sums; a long time is drawn in days, which nobody could tell from hours. */
import type { HistoryAnswer } from '@/api/generated/types.gen';
import { parseApiTime } from '@/lib/time';

export type ChartPoint = {
  at: Date;
  messages: number;
  errors: number;
  warnings: number;
  /** In percent; null where nobody watched. */
  availability: number | null;
};

const HOURS_OF_A_WEEK = 168;
const DAY_HOURS = 24;

export function chartPoints({ points }: HistoryAnswer): ChartPoint[] {
  const step = points.length > HOURS_OF_A_WEEK ? DAY_HOURS : 1;
  const drawn: ChartPoint[] = [];
  for (let first = 0; first < points.length; first += step) {
    const together = points.slice(first, first + step);
    const start = together[0];
    if (start === undefined) continue;
    const watched = together.flatMap(({ availability }) => availability ?? []);
    drawn.push({
      at: parseApiTime(start.hour),
      messages: sum(together, 'messages'),
      errors: sum(together, 'errors'),
      warnings: sum(together, 'warnings'),
      availability:
        watched.length === 0
          ? null
          : Math.round((watched.reduce((all, each) => all + each, 0) / watched.length) * 1000) / 10,
    });
  }
  return drawn;
}

function sum(points: HistoryAnswer['points'], name: 'messages' | 'errors' | 'warnings') {
  return points.reduce((all, point) => all + point[name], 0);
}
