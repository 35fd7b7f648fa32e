import i18next from 'i18next';
import { expect, test } from 'vitest';
import { describeRecurrence } from './describe';
import { readRecurrence } from './rule';

const START = { date: '2026-11-17', time: '08:00', endTime: '08:50', zone: 'Europe/Vienna' };

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
    'FREQ=MONTHLY;BYDAY=3TU;UNTIL=20270702T215959Z',
    'Jeden Monat am dritten Dienstag, 08:00–08:50 Uhr, bis 02.07.2027',
    'Every month on the third Tuesday, 08:00–08:50, until 02/07/2027',
  ],
  [
    'FREQ=MONTHLY;BYDAY=-1FR,1MO',
    'Jeden Monat am ersten Montag und am letzten Freitag, 08:00–08:50 Uhr',
    'Every month on the first Monday and on the last Friday, 08:00–08:50',
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=1,15,-1',
    'Jeden Monat am 1., am 15. und am letzten Tag des Monats, 08:00–08:50 Uhr',
    'Every month on day 1, on day 15 and on the last day of the month, 08:00–08:50',
  ],
  [
    'FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=1,-2',
    'Jeden Monat an jedem Montag und an jedem Freitag – davon nur am ersten und vorletzten Tag, 08:00–08:50 Uhr',
    'Every month on each Monday and on each Friday – of these only on the first and second-to-last day, 08:00–08:50',
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR',
    'Jeden Monat am 13., wenn das ein Freitag ist, 08:00–08:50 Uhr',
    'Every month on day 13, if that is a Friday, 08:00–08:50',
  ],
  [
    'FREQ=YEARLY',
    'Jedes Jahr am 17. November, 08:00–08:50 Uhr',
    'Every year on 17 November, 08:00–08:50',
  ],
  [
    'FREQ=YEARLY;BYMONTH=9,3;BYDAY=2MO',
    'Jedes Jahr am zweiten Montag im März und September, 08:00–08:50 Uhr',
    'Every year on the second Monday in March and September, 08:00–08:50',
  ],
  [
    'FREQ=YEARLY;INTERVAL=2;BYDAY=20MO',
    'Alle 2 Jahre am 20. Montag des Jahres, 08:00–08:50 Uhr',
    'Every 2 years on the 20th Monday of the year, 08:00–08:50',
  ],
  [
    'FREQ=DAILY;BYMONTH=12',
    'Jeden Tag im Dezember, 08:00–08:50 Uhr',
    'Every day in December, 08:00–08:50',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU',
    'Alle 2 Wochen am Sonntag (Wochen beginnen am Sonntag), 08:00–08:50 Uhr',
    'Every 2 weeks on Sunday (weeks begin on Sunday), 08:00–08:50',
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
