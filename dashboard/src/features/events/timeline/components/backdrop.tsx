/** What lies behind all rows: lines of hours and days, hatching on holidays, and the line of the present. */
import type { Holiday } from '@/api/types';
import { useNow } from '@/lib/school-time';
import { type Axis, placeOf } from '../axis';
import classes from './timeline.module.css';

const EVERY_MS = 15_000;

export function Backdrop({ axis, holidays }: { axis: Axis; holidays: Holiday[] }) {
  const free = axis.days.filter(({ date }) =>
    holidays.some(({ startDate, endDate }) => startDate <= date && date <= endDate),
  );
  return (
    <div className={classes.backdrop} aria-hidden>
      {free.map(({ date, x, width }) => (
        <div key={date} className={classes.holiday} style={{ left: x, width }} />
      ))}
      {axis.ticks.map(({ x }) => (
        <div key={x} className={classes.line} style={{ left: x }} />
      ))}
      {axis.days.map(({ date, x }) => (
        <div key={date} className={classes.dayLine} style={{ left: x }} />
      ))}
      <NowLine axis={axis} />
    </div>
  );
}

function NowLine({ axis }: { axis: Axis }) {
  const now = useNow(EVERY_MS);
  if (now < axis.start || now >= axis.end) return null;
  return <div className={classes.now} data-now style={{ left: placeOf(axis, now) }} />;
}
