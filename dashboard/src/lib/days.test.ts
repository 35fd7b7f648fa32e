import { expect, test } from 'vitest';
import { countDays, formatDays, parseDay, sharesDay } from './days';

test('a range names both days, a single day itself', () => {
  expect(formatDays('2026-10-27', '2026-10-31', 'de-DE')).toBe('27.–31.10.2026');
  expect(formatDays('2026-12-24', '2027-01-06', 'de-DE')).toMatch(/^24.12.2026\s–\s06.01.2027$/);
  expect(formatDays('2026-11-02', '2026-11-02', 'en-GB')).toBe('02/11/2026');
});

test('days are counted across a change of the clocks and a leap day', () => {
  expect(countDays('2027-03-20', '2027-03-29')).toBe(10);
  expect(countDays('2028-02-28', '2028-03-01')).toBe(3);
});

test('ranges share a day also where one ends as the other begins', () => {
  const easter = { startDate: '2027-03-20', endDate: '2027-03-29' };
  expect(sharesDay(easter, { startDate: '2027-03-29', endDate: '2027-04-01' })).toBe(true);
  expect(sharesDay(easter, { startDate: '2027-03-30', endDate: '2027-04-01' })).toBe(false);
});

test('what is typed is the day before the month, and no day that is not there', () => {
  expect(parseDay('06.09.2027')).toBe('2027-09-06');
  expect(parseDay(' 6/9/2027 ')).toBe('2027-09-06');
  expect(parseDay('31.02.2027')).toBeNull();
  expect(parseDay('9.2027')).toBeNull();
});
