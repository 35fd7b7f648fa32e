import { expect, test } from 'vitest';
import { nextRange, readHours, usualHours, writeHours } from './opening-hours';

test('hours stay the same through the form, and closed days are left out', () => {
  const hours = { mon: ['07:00-12:30', '13:15-18:00'], sat: ['08:00-24:00'], sun: [] };
  expect(writeHours(readHours(hours))).toEqual({ mon: hours.mon, sat: hours.sat });
});

test('a school begins with Monday to Friday', () => {
  expect(Object.keys(usualHours())).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
});

test('another range begins an hour after the last', () => {
  expect(nextRange([{ start: '07:00', end: '12:30' }])).toEqual({ start: '13:00', end: '14:00' });
  expect(nextRange([])).toEqual({ start: '07:00', end: '18:00' });
  expect(nextRange([{ start: '20:00', end: '23:30' }])).toEqual({ start: '22:00', end: '23:00' });
});
