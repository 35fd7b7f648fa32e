import { expect, test } from 'vitest';
import { holiday, period } from '@/testing/factories';
import { holidaysInView, periodOf, sameDayIn } from './period-days';

const LAST = period({ id: 1, startDate: '2025-09-01', endDate: '2026-07-03' });
const THIS = period({ id: 2, startDate: '2026-09-07', endDate: '2027-07-02' });
const WINTER = period({ id: 3, startDate: '2026-10-01', endDate: '2027-02-01' });

test('a day belongs to the period that starts last of those that cover it', () => {
  expect(periodOf([LAST, THIS, WINTER], '2026-11-26')?.id).toBe(3);
  expect(periodOf([LAST, THIS, WINTER], '2026-09-30')?.id).toBe(2);
  expect(periodOf([LAST, THIS, WINTER], '2026-08-01')).toBeUndefined();
});

test('picking a period keeps day and month, whichever of its years has them', () => {
  expect(sameDayIn(LAST, '2026-11-26')).toBe('2025-11-26');
  expect(sameDayIn(THIS, '2026-03-15')).toBe('2027-03-15');
});

test('a day that the period does not have becomes its nearest end', () => {
  expect(sameDayIn(THIS, '2026-08-01')).toBe('2026-09-07');
  expect(sameDayIn(LAST, '2026-08-01')).toBe('2026-07-03');
});

test('29 February becomes the 28th where there is none', () => {
  expect(sameDayIn(THIS, '2028-02-29')).toBe('2027-02-28');
});

test('holidays are counted where a day of theirs is in view', () => {
  const christmas = holiday({ startDate: '2026-12-24', endDate: '2027-01-06' });
  expect(holidaysInView([christmas], 'week', '2026-12-20')).toBe(0);
  expect(holidaysInView([christmas], 'week', '2026-12-22')).toBe(1);
  expect(holidaysInView([christmas], 'day', '2027-01-06')).toBe(1);
  expect(holidaysInView([christmas], 'day', '2027-01-07')).toBe(0);
});
