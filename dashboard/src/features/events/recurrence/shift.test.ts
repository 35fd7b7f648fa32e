import { describe, expect, test } from 'vitest';
import { fromWallClock, parseApiTime, toWallClock } from '@/lib/time';
import { type StoredSeries, shiftSeries } from './shift';

const VIENNA = 'Europe/Vienna';

/** Monday 8:00 to 8:50 since September: in summer time, so 06:00 in UTC. */
const LESSON: StoredSeries = {
  startTime: '2026-09-07T06:00:00',
  endTime: '2026-09-07T06:50:00',
  recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO',
  recurrenceEnd: null,
};

const at = (text: string) => fromWallClock(text, VIENNA);
const wall = (text: string) => toWallClock(parseApiTime(text), VIENNA);

function moved(series: StoredSeries, from: [string, string], to: [string, string]) {
  const range = ([start, end]: [string, string]) => ({ start: at(start), end: at(end) });
  return shiftSeries(series, { from: range(from), to: range(to) }, VIENNA);
}

test('dragging a winter occurrence an hour later moves the wall clock of a series begun in summer', () => {
  const result = moved(
    LESSON,
    ['2026-11-16T08:00', '2026-11-16T08:50'],
    ['2026-11-16T09:00', '2026-11-16T09:50'],
  );
  expect(wall(result?.startTime ?? '')).toBe('2026-09-07T09:00');
  expect(wall(result?.endTime ?? '')).toBe('2026-09-07T09:50');
  expect(result?.recurrenceRule).toBe('FREQ=WEEKLY;BYDAY=MO');
});

test('resizing changes only the end', () => {
  const result = moved(
    LESSON,
    ['2026-11-16T08:00', '2026-11-16T08:50'],
    ['2026-11-16T08:00', '2026-11-16T09:40'],
  );
  expect(wall(result?.startTime ?? '')).toBe('2026-09-07T08:00');
  expect(wall(result?.endTime ?? '')).toBe('2026-09-07T09:40');
});

test('another day takes the weekdays of the rule along', () => {
  const series = { ...LESSON, recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO,SU' };
  const result = moved(
    series,
    ['2026-11-16T08:00', '2026-11-16T08:50'],
    ['2026-11-18T08:00', '2026-11-18T08:50'],
  );
  expect(result?.recurrenceRule).toBe('FREQ=WEEKLY;BYDAY=TU,WE');
  expect(wall(result?.startTime ?? '')).toBe('2026-09-09T08:00');
});

test('the last occurrence is not lost when the series moves to a later day or hour', () => {
  const untilDay = { ...LESSON, recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261214' };
  const oneDay = moved(
    untilDay,
    ['2026-11-16T08:00', '2026-11-16T08:50'],
    ['2026-11-17T08:00', '2026-11-17T08:50'],
  );
  expect(oneDay?.recurrenceRule).toBe('FREQ=WEEKLY;BYDAY=TU;UNTIL=20261215');

  const untilInstant = { ...LESSON, recurrenceRule: 'FREQ=WEEKLY;UNTIL=20261214T070000Z' };
  const oneHour = moved(
    untilInstant,
    ['2026-11-16T08:00', '2026-11-16T08:50'],
    ['2026-11-16T09:00', '2026-11-16T09:50'],
  );
  expect(oneHour?.recurrenceRule).toBe('FREQ=WEEKLY;UNTIL=20261214T080000Z');
});

test('a monthly series moves to another day of the month', () => {
  const series = { ...LESSON, recurrenceRule: 'FREQ=MONTHLY;BYMONTHDAY=7' };
  const result = moved(
    series,
    ['2026-11-07T08:00', '2026-11-07T08:50'],
    ['2026-11-09T08:00', '2026-11-09T08:50'],
  );
  expect(result?.recurrenceRule).toBe('FREQ=MONTHLY;BYMONTHDAY=9');
});

test('a yearly series follows its start, and a monthly one that names no day', () => {
  for (const recurrenceRule of ['FREQ=YEARLY', 'FREQ=MONTHLY']) {
    const from: [string, string] = ['2026-09-07T08:00', '2026-09-07T08:50'];
    const to: [string, string] = ['2026-09-08T08:00', '2026-09-08T08:50'];
    const result = moved({ ...LESSON, recurrenceRule }, from, to);
    expect(result?.recurrenceRule).toBe(recurrenceRule);
    expect(wall(result?.startTime ?? '')).toBe('2026-09-08T08:00');
  }
});

describe('a rule that names fixed days follows to another hour, but not to another day', () => {
  test.each([
    'FREQ=MONTHLY;BYDAY=1MO',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA',
    'FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=7',
  ])('%s', (recurrenceRule) => {
    const series = { ...LESSON, recurrenceRule };
    const from: [string, string] = ['2026-09-07T08:00', '2026-09-07T08:50'];
    expect(moved(series, from, ['2026-09-07T10:00', '2026-09-07T10:50'])?.recurrenceRule).toBe(
      recurrenceRule,
    );
    expect(moved(series, from, ['2026-09-09T08:00', '2026-09-09T08:50'])).toBeNull();
  });
});
