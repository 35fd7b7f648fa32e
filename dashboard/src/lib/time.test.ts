import { expect, test } from 'vitest';
import {
  addDays,
  createTimeFormat,
  fromWallClock,
  parseApiTime,
  startOfDay,
  toWallClock,
} from './time';

const VIENNA = 'Europe/Vienna';
const german = createTimeFormat(VIENNA, 'de');

test('a time of the API without a zone means UTC', () => {
  expect(parseApiTime('2026-11-27T20:03:00').toISOString()).toBe('2026-11-27T20:03:00.000Z');
  expect(parseApiTime('2026-11-27T20:03:00Z').toISOString()).toBe('2026-11-27T20:03:00.000Z');
});

test('people see the clock of the school, whatever their browser says', () => {
  const evening = parseApiTime('2026-11-27T20:03:00');
  expect(german.time(evening)).toBe('21:03');
  expect(german.dateTime(evening)).toBe('27.11.2026, 21:03');
  expect(createTimeFormat('America/New_York', 'en').time(evening)).toBe('15:03');
});

test('a typed wall clock is the same wall clock when read again, in summer and in winter', () => {
  for (const text of ['2026-07-01T08:00', '2026-12-01T08:00'])
    expect(toWallClock(fromWallClock(text, VIENNA), VIENNA)).toBe(text);
});

test('a day later is the same wall clock, also when the clocks change in between', () => {
  const saturday = fromWallClock('2026-10-24T08:00', VIENNA);
  expect(toWallClock(addDays(saturday, 1, VIENNA), VIENNA)).toBe('2026-10-25T08:00');
});

test('the day begins at the midnight of the school', () => {
  const late = parseApiTime('2026-11-27T23:30:00');
  expect(startOfDay(late, VIENNA).toISOString()).toBe('2026-11-27T23:00:00.000Z');
});

test('what comes next names the day only when it is not today', () => {
  const now = fromWallClock('2026-11-27T12:00', VIENNA);
  expect(german.near(fromWallClock('2026-11-27T13:00', VIENNA), now)).toBe('13:00');
  expect(german.near(fromWallClock('2026-11-30T08:00', VIENNA), now)).toBe('Mo 08:00');
  expect(german.near(fromWallClock('2026-12-24T08:00', VIENNA), now)).toBe('24.12.2026 08:00');
});

test('the age of something is told in the largest unit that fits', () => {
  const now = parseApiTime('2026-11-27T12:00:00');
  expect(german.ago(parseApiTime('2026-11-27T11:59:58'), now)).toBe('jetzt');
  expect(german.ago(parseApiTime('2026-11-27T11:59:30'), now)).toBe('vor 30 Sek.');
  expect(german.ago(parseApiTime('2026-11-27T09:10:00'), now)).toBe('vor 2 Std.');
  expect(german.ago(parseApiTime('2026-11-26T09:10:00'), now)).toBe('gestern');
});
