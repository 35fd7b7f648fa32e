import { expect, test } from 'vitest';
import { daysShown, instantsShown, step, titleOf } from './calendar-range';

test('a month shows six whole weeks from the Monday before its first day', () => {
  expect(daysShown('month', '2026-11-21')).toEqual({ first: '2026-10-26', after: '2026-12-07' });
});

test('a week begins on Monday, also when its Sunday is looked at', () => {
  expect(daysShown('week', '2026-11-22')).toEqual({ first: '2026-11-16', after: '2026-11-23' });
});

test('the day on which the clocks go back has 25 hours, the one on which they go forward 23', () => {
  const hours = (date: string) => {
    const { start, end } = instantsShown('day', date, 'Europe/Vienna');
    return (end.getTime() - start.getTime()) / 3_600_000;
  };
  expect(hours('2026-10-25')).toBe(25);
  expect(hours('2027-03-28')).toBe(23);
});

test('a step from the 31st stays in the month that follows', () => {
  expect(step('month', '2027-01-31', 1)).toBe('2027-02-28');
  expect(step('week', '2026-12-28', 1)).toBe('2027-01-04');
  expect(step('day', '2026-11-01', -1)).toBe('2026-10-31');
});

test('the title names what is shown in the language of the person', () => {
  expect(titleOf('week', '2026-11-21', 'de-DE')).toBe('16.–22. November 2026');
  expect(titleOf('month', '2026-11-21', 'de-DE')).toBe('November 2026');
  expect(titleOf('day', '2026-11-19', 'en-GB')).toBe('Thu, 19 November 2026');
});
