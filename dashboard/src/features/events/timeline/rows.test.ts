import { expect, test } from 'vitest';
import { fromWallClock } from '@/lib/time';
import { clientStatus, group, showing } from '@/testing/factories';
import { buildAxis } from './axis';
import { timelineRows } from './rows';

const at = (text: string) => fromWallClock(text, 'Europe/Vienna');
const axis = buildAxis({
  first: '2026-11-26',
  after: '2026-11-27',
  zone: 'Europe/Vienna',
  hourPx: 60,
});
const groups = [group({ id: 3 }), group({ id: 2 })];

test('each group has its row in the order of the groups, with its own bars', () => {
  const showings = [
    showing({ groupId: 2, start: at('2026-11-26T08:00'), end: at('2026-11-26T09:30') }),
  ];
  const rows = timelineRows({ groups, showings, clients: [], axis });
  expect(rows.map((row) => row.group.id)).toEqual([3, 2]);
  expect(rows[0]?.bars).toEqual([]);
  expect(rows[1]?.bars[0]).toMatchObject({ left: 480, width: 90, top: 4, height: 57 });
});

test('what runs over midnight is cut at the edge of the day, and what is outside is left out', () => {
  const showings = [
    showing({ groupId: 2, start: at('2026-11-25T20:00'), end: at('2026-11-26T01:00') }),
    showing({ groupId: 2, start: at('2026-11-26T22:00'), end: at('2026-11-27T07:00') }),
    showing({ groupId: 2, start: at('2026-11-27T00:00'), end: at('2026-11-27T07:00') }),
  ];
  const bars = timelineRows({ groups, showings, clients: [], axis })[1]?.bars;
  expect(bars?.map(({ left, width }) => [left, width])).toEqual([
    [0, 60],
    [1320, 120],
  ]);
});

test('what lasts minutes is as wide as a finger, also at the end of the day', () => {
  const showings = [
    showing({ groupId: 2, start: at('2026-11-26T23:58'), end: at('2026-11-27T00:00') }),
  ];
  const bar = timelineRows({ groups, showings, clients: [], axis })[1]?.bars[0];
  expect(bar).toMatchObject({ left: 1416, width: 24 });
});

test('a row counts the devices of its group that are online', () => {
  const clients = [clientStatus({ groupId: 2 }), clientStatus({ groupId: 2, isAlive: false })];
  const rows = timelineRows({ groups, showings: [], clients, axis });
  expect(rows.map(({ devices }) => devices)).toEqual([
    { online: 0, total: 0 },
    { online: 1, total: 2 },
  ]);
  expect(timelineRows({ groups, showings: [], clients: undefined, axis })[0]?.devices).toBeNull();
});
