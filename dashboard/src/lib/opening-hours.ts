/** PURE: opening hours as the API writes them, `{"mon": ["07:00-18:00"]}`, and as rows of a form. */
export const OPENING_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type OpeningDay = (typeof OPENING_DAYS)[number];

export type OpenRange = { start: string; end: string };
export type OpeningWeek = Record<OpeningDay, OpenRange[]>;
export type OpeningHours = { [day: string]: string[] };

/** A field for a time of day has no 24:00; midnight at the end of a range means it. */
const MIDNIGHT = '00:00';
const END_OF_DAY = '24:00';
const USUAL: OpenRange = { start: '07:00', end: '18:00' };
const SCHOOL_DAYS: readonly string[] = OPENING_DAYS.slice(0, 5);

export function readHours(hours: OpeningHours): OpeningWeek {
  const rangesOf = (day: OpeningDay) =>
    (hours[day] ?? []).map((text) => {
      const [start = '', end = ''] = text.split('-');
      return { start, end: end === END_OF_DAY ? MIDNIGHT : end };
    });
  return Object.fromEntries(OPENING_DAYS.map((day) => [day, rangesOf(day)])) as OpeningWeek;
}

export function writeHours(week: OpeningWeek): OpeningHours {
  const written = OPENING_DAYS.map((day): [string, string[]] => [
    day,
    week[day].map(({ start, end }) => `${start}-${end === MIDNIGHT ? END_OF_DAY : end}`),
  ]);
  return Object.fromEntries(written.filter(([, ranges]) => ranges.length > 0));
}

/** What a school begins with: Monday to Friday. */
export function usualHours(): OpeningHours {
  const text = `${USUAL.start}-${USUAL.end}`;
  return Object.fromEntries(SCHOOL_DAYS.map((day) => [day, [text]]));
}

/** The next range of a day: the usual one, or one after its last. */
export function nextRange(ranges: readonly OpenRange[]): OpenRange {
  const last = ranges.at(-1);
  if (last === undefined) return USUAL;
  const hour = Math.min(Number(last.end.slice(0, 2)) + 1, 22);
  return { start: `${String(hour).padStart(2, '0')}:00`, end: `${hour + 1}:00` };
}

export function parseHours(text: string): OpeningHours | null {
  if (text === '') return null;
  return JSON.parse(text) as OpeningHours;
}
