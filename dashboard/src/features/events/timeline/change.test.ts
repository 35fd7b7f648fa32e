import { expect, test } from 'vitest';
import { fromWallClock } from '@/lib/time';
import { dragged, gripAt, keyed, reordered } from './change';

const ZONE = 'Europe/Vienna';
const MINUTE = 60_000;
const at = (text: string) => fromWallClock(text, ZONE);
const lesson = { start: at('2026-11-26T08:05'), end: at('2026-11-26T09:00') };

test('a drag moves by whole quarters of an hour and keeps the length', () => {
  expect(dragged(lesson, 'move', 22 * MINUTE)).toEqual({
    start: at('2026-11-26T08:20'),
    end: at('2026-11-26T09:15'),
  });
  expect(dragged(lesson, 'move', 7 * MINUTE)).toEqual(lesson);
});

test('an end that is dragged stops a quarter of an hour before the other one', () => {
  expect(dragged(lesson, 'end', -500 * MINUTE).end).toEqual(at('2026-11-26T08:20'));
  expect(dragged(lesson, 'start', 500 * MINUTE).start).toEqual(at('2026-11-26T08:45'));
  expect(dragged(lesson, 'end', 30 * MINUTE)).toEqual({
    start: lesson.start,
    end: at('2026-11-26T09:30'),
  });
});

test('something shorter than a step does not turn around', () => {
  const short = { start: at('2026-11-26T08:00'), end: at('2026-11-26T08:05') };
  expect(dragged(short, 'end', -60 * MINUTE)).toEqual(short);
  expect(dragged(short, 'start', 60 * MINUTE)).toEqual(short);
});

test('arrows move by a quarter of an hour or a day, and with Shift change the end', () => {
  expect(keyed(lesson, 'ArrowRight', false, ZONE)?.start).toEqual(at('2026-11-26T08:20'));
  expect(keyed(lesson, 'ArrowUp', false, ZONE)?.start).toEqual(at('2026-11-25T08:05'));
  expect(keyed(lesson, 'ArrowLeft', true, ZONE)).toEqual({
    start: lesson.start,
    end: at('2026-11-26T08:45'),
  });
  expect(keyed(lesson, 'Enter', false, ZONE)).toBeNull();
});

test('a day further is the same wall clock, also over a change of the clocks', () => {
  const before = { start: at('2026-10-24T08:00'), end: at('2026-10-24T09:00') };
  expect(keyed(before, 'ArrowDown', false, ZONE)).toEqual({
    start: at('2026-10-25T08:00'),
    end: at('2026-10-25T09:00'),
  });
});

test('a wide bar is taken by its ends, a narrow one only as a whole; a finger has more room', () => {
  expect([2, 50, 97].map((offset) => gripAt(offset, 100, false))).toEqual(['start', 'move', 'end']);
  expect(gripAt(2, 20, false)).toBe('move');
  expect(gripAt(15, 100, false)).toBe('move');
  expect(gripAt(15, 100, true)).toBe('start');
});

test('a row that moves takes the place it is put at, and the others keep their order', () => {
  const rows = ['a', 'b', 'c', 'd'];
  expect(reordered(rows, 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(reordered(rows, 3, 0)).toEqual(['d', 'a', 'b', 'c']);
  expect(reordered(rows, 1, 1)).toEqual(rows);
});
