import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  monthlyChoices,
  NO_RECURRENCE,
  type Recurrence,
  readRecurrence,
  WEEKDAYS,
  type Weekday,
  writeRule,
} from './rule';

const VIENNA = 'Europe/Vienna';
const DAY = '2026-11-17';
const START = `${DAY}T08:00`;

/** Small numbers in a fixed order, so that a failure comes back. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function anyRecurrence(seed: number): Recurrence {
  const next = numbers(seed);
  const frequency = (['daily', 'weekly', 'monthly', 'yearly'] as const)[next(4)] ?? 'daily';
  const someDays = WEEKDAYS.filter(() => next(2) === 1);
  const weekdays: Weekday[] = someDays.length > 0 ? someDays : ['WE'];
  const end = (['never', 'until', 'count'] as const)[next(3)] ?? 'never';
  const last = Temporal.PlainDate.from('2026-11-17').add({ days: next(600) });
  return {
    ...NO_RECURRENCE,
    frequency,
    interval: 1 + next(5),
    weekdays: frequency === 'weekly' ? weekdays : [],
    monthlyBy: frequency === 'monthly' && next(2) === 1 ? 'weekday' : 'day',
    end,
    until: end === 'until' ? last.toString() : '',
    count: end === 'count' ? 1 + next(40) : NO_RECURRENCE.count,
  };
}

test('what the form says is the same again after it was stored as a rule', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const said = anyRecurrence(seed);
    expect(readRecurrence(writeRule(said, DAY), START, VIENNA)).toEqual(said);
  }
});

test('a single event has no rule, and no rule is a single event', () => {
  expect(writeRule(NO_RECURRENCE, DAY)).toBeNull();
  expect(readRecurrence(null, START, VIENNA)).toEqual(NO_RECURRENCE);
});

test('a weekly rule without days means the weekday of its start', () => {
  expect(readRecurrence('FREQ=WEEKLY', START, VIENNA).weekdays).toEqual(['TU']);
});

describe('a rule that the form cannot say is kept as it is', () => {
  test.each([
    'FREQ=MONTHLY;BYDAY=2TU',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYMONTHDAY=3',
    'FREQ=YEARLY;BYMONTHDAY=17',
    'FREQ=YEARLY;BYMONTH=12',
    'FREQ=YEARLY;BYDAY=20MO',
    'FREQ=MONTHLY;BYDAY=-1TU',
    'FREQ=MONTHLY;BYDAY=3TU;BYSETPOS=1',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU',
    'FREQ=DAILY;BYDAY=MO,TU',
    'FREQ=WEEKLY;BYDAY=MO;BYMONTH=9,10',
    'FREQ=DAILY;BYSETPOS=1',
  ])('%s', (rule) => {
    const read = readRecurrence(rule, START, VIENNA);
    expect(read.frequency).toBe('other');
    expect(writeRule(read, DAY)).toBe(rule);
  });
});

test('a number of events and an end beside it are not simplified', () => {
  const read = readRecurrence('FREQ=DAILY;COUNT=9', START, VIENNA, '2026-11-20T08:00');
  expect(read.frequency).toBe('other');
});

test('an end at an instant becomes the last day that it still lets through', () => {
  const until = (value: string, start = START) =>
    readRecurrence(`FREQ=DAILY;UNTIL=${value}`, start, VIENNA).until;
  // 22:59:59 in UTC is the last second of the 20th on the school's wall.
  expect(until('20261120T225959Z')).toBe('2026-11-20');
  // 06:59 on the wall: the occurrence at 08:00 of that day is already beyond it.
  expect(until('20261120T055900Z')).toBe('2026-11-19');
  expect(until('20261120T070000Z')).toBe('2026-11-20');
  expect(until('20261120')).toBe('2026-11-20');
});

test('the earlier one of two ends counts', () => {
  const rule = 'FREQ=DAILY;UNTIL=20261224';
  expect(readRecurrence(rule, START, VIENNA, '2026-12-01T23:00').until).toBe('2026-12-01');
  expect(readRecurrence(rule, START, VIENNA, '2027-01-01T23:00').until).toBe('2026-12-24');
});

test('a monthly series may be on the weekday of its start, in the same week or the last one', () => {
  const read = (rule: string, day: string) => {
    const { frequency, monthlyBy } = readRecurrence(rule, `${day}T08:00`, VIENNA);
    return frequency === 'other' ? null : monthlyBy;
  };
  expect(read('FREQ=MONTHLY;BYDAY=3TU', DAY)).toBe('weekday');
  expect(read('FREQ=MONTHLY;BYDAY=-1MO', '2026-11-30')).toBe('last');
  expect(read('FREQ=MONTHLY;BYDAY=5MO', '2026-11-30')).toBeNull();
  expect(read('FREQ=MONTHLY;BYDAY=-1MO', '2026-11-23')).toBeNull();
  expect(monthlyChoices('2026-11-24')).toEqual(['day', 'weekday', 'last']);
  expect(monthlyChoices('2026-11-30')).toEqual(['day', 'last']);
});
