import { expect, test } from 'vitest';
import { clientStatus, group, unassigned } from '@/testing/factories';
import { mistakesIn, NO_BROADCAST, screensIn, targetGroups, toRequest } from './broadcast-fields';

const filled = { ...NO_BROADCAST, message: ' Bitte alle in den Hof ' };

test('a message for the whole school says so and names no groups', () => {
  expect(toRequest({ ...filled, groupIds: [2] })).toEqual({
    message: 'Bitte alle in den Hof',
    severity: 'warning',
    minutes: 15,
    reason: null,
    drill: false,
    all: true,
  });
});

test('a message for some groups names them', () => {
  const { all, groupIds } = toRequest({ ...filled, reach: 'some', groupIds: [2, 3] });
  expect([all, groupIds]).toEqual([undefined, [2, 3]]);
});

test('what is missing is told before anything is sent', () => {
  expect(mistakesIn(filled)).toEqual([]);
  expect(mistakesIn({ ...NO_BROADCAST, reach: 'some', message: ' \n' })).toEqual([
    'groups',
    'message',
  ]);
  for (const minutes of ['', 0, 1_441, 1.5] as const)
    expect(mistakesIn({ ...filled, minutes })).toEqual(['minutes']);
});

test('it reaches active screens of real groups only', () => {
  const aula = group({ id: 2 });
  const targets = targetGroups([unassigned(), aula], filled);
  expect(targets).toEqual([aula]);
  const there = clientStatus({ groupId: 2 });
  const clients = [there, clientStatus({ groupId: 2, isActive: false }), clientStatus()];
  expect(screensIn(targets, clients)).toEqual([there]);
});
