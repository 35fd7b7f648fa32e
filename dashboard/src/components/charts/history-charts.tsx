/** Availability, messages and errors over time. Loaded when it is drawn: the charts' library is large. */
import { AreaChart, BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryAnswer } from '@/api/generated/types.gen';
import { useTimeFormat } from '@/lib/school-time';
import classes from './history-charts.module.css';
import { type ChartPoint, chartPoints } from './history-points';

const HEIGHT = 190;
const DAY_POINTS = 25;

export function HistoryCharts({ history }: { history: HistoryAnswer }) {
  const { t } = useTranslation('monitoring');
  const { locale } = useTimeFormat();
  const points = useMemo(() => chartPoints(history), [history]);
  const data = useLabelled(points);
  const count = (value: number) => value.toLocaleString(locale);
  const common = {
    h: HEIGHT,
    data,
    dataKey: 'label',
    withAnimation: false,
    gridAxis: 'x',
    tickLine: 'none',
    xAxisProps: { minTickGap: 28, interval: 'preserveStartEnd' },
    barChartProps: { accessibilityLayer: false },
    areaChartProps: { accessibilityLayer: false },
  } as const;
  return (
    <div className={classes.charts}>
      <Chart title={t('charts.availability')} says={useAvailabilityText(points)}>
        <AreaChart
          {...common}
          series={[{ name: 'availability', label: t('charts.availability'), color: 'teal.6' }]}
          yAxisProps={{ domain: [0, 100], width: 48 }}
          valueFormatter={(value) => t('charts.percent', { value: count(value) })}
          connectNulls={false}
          withDots={false}
          curveType="linear"
        />
      </Chart>
      <Chart
        title={t('charts.messages')}
        says={t('charts.total', { number: count(total(points, 'messages')) })}
      >
        <BarChart
          {...common}
          series={[{ name: 'messages', label: t('charts.messages'), color: 'indigo.5' }]}
          yAxisProps={{ width: 56 }}
          valueFormatter={count}
        />
      </Chart>
      <Chart
        title={t('charts.logs')}
        says={t('charts.logsTotal', {
          errors: count(total(points, 'errors')),
          warnings: count(total(points, 'warnings')),
        })}
      >
        <BarChart
          {...common}
          type="stacked"
          series={[
            { name: 'errors', label: t('charts.errors'), color: 'red.6' },
            { name: 'warnings', label: t('charts.warnings'), color: 'orange.5' },
          ]}
          yAxisProps={{ width: 44, allowDecimals: false }}
          valueFormatter={count}
        />
      </Chart>
    </div>
  );
}

type ChartProps = { title: string; says: string; children: React.ReactNode };

/** The drawing is for the eye; what it says in the end stands beside its title. */
function Chart({ title, says, children }: ChartProps) {
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.caption}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {says}
        </Text>
      </figcaption>
      <div aria-hidden>{children}</div>
    </figure>
  );
}

function total(points: ChartPoint[], name: 'messages' | 'errors' | 'warnings') {
  return points.reduce((sum, point) => sum + point[name], 0);
}

function useAvailabilityText(points: ChartPoint[]) {
  const { t } = useTranslation('monitoring');
  const { locale } = useTimeFormat();
  const known = points.flatMap(({ availability }) => availability ?? []);
  if (known.length === 0) return t('charts.unwatched');
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const value = mean.toLocaleString(locale, { maximumFractionDigits: 1 });
  return t('charts.mean', { value });
}

/** Within a day by the clock, else by the date. */
function useLabelled(points: ChartPoint[]) {
  const format = useTimeFormat();
  return useMemo(() => {
    const isDay = points.length <= DAY_POINTS;
    return points.map(({ at, ...values }) => ({
      ...values,
      label: isDay ? format.time(at) : format.dayAndMonth(at),
    }));
  }, [points, format]);
}
