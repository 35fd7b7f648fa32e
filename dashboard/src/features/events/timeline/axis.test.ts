import { expect, test } from 'vitest';
import { fromWallClock } from '@/lib/time';
import { buildAxis, placeOf } from './axis';

const ZONE = 'Europe/Vienna';
const at = (text: string) => fromWallClock(text, ZONE);
const day = (first: string, after: string, hourPx = 60) =>
  buildAxis({ first, after, zone: ZONE, hourPx });

test('a day has 24 hours, and eight in the morning is a third along', () => {
  const axis = day('2026-11-26', '2026-11-27');
  expect(axis.width).toBe(24 * 60);
  expect(placeOf(axis, at('2026-11-26T08:00'))).toBe(8 * 60);
  expect(axis.ticks).toHaveLength(24);
});

test('the day on which summer time begins is an hour shorter, and the skipped hour has no tick', () => {
  const axis = day('2026-03-29', '2026-03-30');
  expect(axis.width).toBe(23 * 60);
  expect(axis.ticks.map(({ label }) => label)).not.toContain('02:00');
  expect(placeOf(axis, at('2026-03-29T08:00'))).toBe(7 * 60);
});

test('the day on which summer time ends is an hour longer, and nothing lies over anything else', () => {
  const axis = day('2026-10-25', '2026-10-26');
  expect(axis.width).toBe(25 * 60);
  const places = axis.ticks.map(({ x }) => x);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(placeOf(axis, at('2026-10-25T08:00'))).toBe(9 * 60);
});

test('the days of a week follow each other without a gap, also over a change of the clocks', () => {
  const axis = day('2026-03-23', '2026-03-30', 10);
  expect(axis.days).toHaveLength(7);
  axis.days.reduce((end, { x, width }) => {
    expect(x).toBe(end);
    return x + width;
  }, 0);
  expect(axis.days.at(-1)).toEqual({ date: '2026-03-29', x: 6 * 240, width: 230 });
});

test('the hours that are named grow fewer as they come closer together', () => {
  expect(day('2026-11-26', '2026-11-27', 22).ticks.map(({ label }) => label)).toEqual(
    [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22].map(
      (hour) => `${String(hour).padStart(2, '0')}:00`,
    ),
  );
  expect(day('2026-11-26', '2026-11-27', 4).ticks.map(({ label }) => label)).toEqual([
    '00:00',
    '12:00',
  ]);
});
