import { expect, test } from 'vitest';
import { chartPoints } from './history-points';

function hour(number: number, availability: number | null = 1) {
  const at = new Date(Date.UTC(2026, 10, 1, number)).toISOString().slice(0, 19);
  return { hour: at, messages: 10, errors: 1, warnings: 2, availability };
}

const hours = (count: number) => Array.from({ length: count }, (_, number) => hour(number));

test('a week is drawn by the hour, more than that by the day', () => {
  expect(chartPoints({ hours: 168, points: hours(168) })).toHaveLength(168);
  const days = chartPoints({ hours: 720, points: hours(720) });
  expect(days).toHaveLength(30);
  expect(days[0]).toMatchObject({ messages: 240, errors: 24, warnings: 48, availability: 100 });
});

test('an hour that nobody watched is a gap and spoils no average', () => {
  const [gap] = chartPoints({ hours: 1, points: [hour(0, null)] });
  expect(gap?.availability).toBeNull();
  const points = hours(192).map((point, number) => (number === 0 ? hour(0, null) : point));
  expect(chartPoints({ hours: 192, points })[0]?.availability).toBe(100);
});
