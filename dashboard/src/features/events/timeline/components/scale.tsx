/** Days with their holidays and the hours, above the rows. */
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Holiday } from '@/api/types';
import { formatDay } from '@/lib/days';
import { useTimeFormat } from '@/lib/school-time';
import type { Axis } from '../axis';
import classes from './timeline.module.css';

type ScaleProps = { axis: Axis; today: string; holidays: Holiday[] };

const DAY = { weekday: 'short', day: '2-digit', month: '2-digit' } as const;

export function Scale({ axis, today, holidays }: ScaleProps) {
  const { t } = useTranslation('resources');
  const { locale } = useTimeFormat();
  return (
    <div className={classes.header}>
      <div className={classes.corner}>{t('group')}</div>
      <div className={classes.scale}>
        {axis.days.map(({ date, x, width }) => (
          <div key={date} className={classes.day} style={{ left: x, width }}>
            <span className={classes.dayLabel}>
              <span data-today={date === today || undefined}>{formatDay(date, locale, DAY)}</span>
              {holidaysOn(date, holidays).map((name) => (
                <Badge key={name} color="red" size="sm" className={classes.holidayBadge}>
                  {name}
                </Badge>
              ))}
            </span>
          </div>
        ))}
        {axis.ticks.map(({ x, label }) => (
          <span key={x} className={classes.tick} style={{ left: x }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}

function holidaysOn(date: string, holidays: readonly Holiday[]): string[] {
  const names = holidays
    .filter(({ startDate, endDate }) => startDate <= date && date <= endDate)
    .map(({ name }) => name);
  return [...new Set(names)];
}
