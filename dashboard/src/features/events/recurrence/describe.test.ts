import i18next from 'i18next';
import { expect, test } from 'vitest';
import { describeRecurrence } from './describe';
import { readRecurrence } from './rule';

const START = { date: '2026-11-17', time: '08:00', endTime: '08:50' };

function said(rule: string | null, language: 'de' | 'en', start = START) {
  const recurrence = readRecurrence(rule, `${start.date}T${start.time}`, 'Europe/Vienna');
  const t = i18next.getFixedT(language, 'events');
  return describeRecurrence(recurrence, start, t, language === 'de' ? 'de-DE' : 'en-GB');
}

test.each([
  ['FREQ=DAILY', 'Jeden Tag, 08:00–08:50 Uhr', 'Every day, 08:00–08:50'],
  [
    'FREQ=DAILY;INTERVAL=3;COUNT=5',
    'Alle 3 Tage, 08:00–08:50 Uhr, 5 Termine',
    'Every 3 days, 08:00–08:50, 5 events',
  ],
  [
    'FREQ=WEEKLY;BYDAY=TH,TU',
    'Jede Woche am Dienstag und Donnerstag, 08:00–08:50 Uhr',
    'Every week on Tuesday and Thursday, 08:00–08:50',
  ],
  [
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270702',
    'Jede Woche von Montag bis Freitag, 08:00–08:50 Uhr, bis 02.07.2027',
    'Every week from Monday to Friday, 08:00–08:50, until 02/07/2027',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU',
    'Alle 2 Wochen am Montag, Mittwoch und Sonntag, 08:00–08:50 Uhr',
    'Every 2 weeks on Monday, Wednesday and Sunday, 08:00–08:50',
  ],
  ['FREQ=MONTHLY', 'Jeden Monat am 17., 08:00–08:50 Uhr', 'Every month on day 17, 08:00–08:50'],
  [
    'FREQ=MONTHLY;BYDAY=2TU',
    'Eigene Wiederholungsregel FREQ=MONTHLY;BYDAY=2TU',
    'Custom recurrence rule FREQ=MONTHLY;BYDAY=2TU',
  ],
])('%s is said in German and English', (rule, german, english) => {
  expect(said(rule, 'de')).toBe(german);
  expect(said(rule, 'en')).toBe(english);
});

test('a monthly series on the 31st says that short months are left out', () => {
  const start = { ...START, date: '2026-10-31' };
  expect(said('FREQ=MONTHLY', 'de', start)).toBe(
    'Jeden Monat am 31. (in Monaten mit einem 31.), 08:00–08:50 Uhr',
  );
});

test('a single event needs no sentence', () => {
  expect(said(null, 'de')).toBeNull();
});
