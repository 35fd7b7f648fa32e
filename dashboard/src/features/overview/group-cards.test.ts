import { expect, test } from 'vitest';
import { clientStatus, group, showing } from '@/testing/factories';
import { groupCards, matchesFilter, nextChange } from './group-cards';

const at = new Date('2026-11-27T10:00:00Z');
const hour = (n: number) => new Date(at.getTime() + n * 3_600_000);

function cardOf(source: Partial<Parameters<typeof groupCards>[0]>) {
  const [card] = groupCards(
    { groups: [group({ id: 7 })], clients: [], showings: [], broadcasts: [], ...source },
    at,
  );
  if (!card) throw new Error('no card');
  return card;
}

test('now is what has begun and not ended, next is what begins first after that', () => {
  const card = cardOf({
    showings: [
      showing({ groupId: 7, subject: 'Abend', start: hour(5), end: hour(6) }),
      showing({ groupId: 7, subject: 'Mittag', start: hour(2), end: hour(3) }),
      showing({ groupId: 7, subject: 'Jetzt', start: hour(-1), end: hour(1) }),
      showing({ groupId: 7, subject: 'Vorbei', start: hour(-2), end: at }),
      showing({ groupId: 8, subject: 'Woanders', start: hour(-1), end: hour(1) }),
    ],
  });
  expect(card.now.map(({ subject }) => subject)).toEqual(['Jetzt']);
  expect(card.next?.subject).toBe('Mittag');
});

test('a group is partly online as soon as one of several devices is silent', () => {
  const clients = [
    clientStatus({ groupId: 7 }),
    clientStatus({ groupId: 7, isAlive: false, status: 'offline' }),
  ];
  const card = cardOf({ clients });
  expect(card.reach).toBe('partly');
  expect(matchesFilter(card, 'offline')).toBe(true);
  expect(matchesFilter(card, 'online')).toBe(false);
});

test('a silent device is offline, not a warning', () => {
  const silent = cardOf({
    clients: [clientStatus({ groupId: 7, isAlive: false, status: 'offline' })],
  });
  const frozen = cardOf({ clients: [clientStatus({ groupId: 7, status: 'warning' })] });
  expect(matchesFilter(silent, 'warning')).toBe(false);
  expect(matchesFilter(frozen, 'warning')).toBe(true);
});

test('a group without devices is found under all groups only', () => {
  const card = cardOf({});
  const filters = ['all', 'online', 'offline', 'warning'] as const;
  expect(filters.filter((filter) => matchesFilter(card, filter))).toEqual(['all']);
});

test('the cards change next at the first start or end to come', () => {
  const running = showing({ start: hour(-1), end: hour(2) });
  const later = showing({ start: hour(1), end: hour(4) });
  expect(nextChange([running, later], at)).toEqual(hour(1));
  expect(nextChange([running, later], hour(4))).toBeNull();
});
