/** An event as the fields of the dialog, and the dialog's fields as what the API takes. */
import { Temporal } from 'temporal-polyfill';
import type { EventDraft, NewEvent } from '@/api/generated/types.gen';
import type { Event } from '@/api/types';
import { fromWallClock, parseApiTime, toApiTime, toWallClock } from '@/lib/time';
import type { EventDefaults } from './api/use-event-defaults';
import {
  monthlyChoices,
  NO_RECURRENCE,
  type Recurrence,
  readRecurrence,
  weekdayOf,
  writeRule,
} from './recurrence/rule';

export const OFFERED_TYPES = ['presentation', 'video', 'website', 'webuntis', 'message'] as const;

export type EventFields = {
  subject: string;
  type: Event['type'];
  groupId: string;
  startDate: string;
  startTime: string;
  endDate: string;
  endTime: string;
  eventMediaId: string | null;
  websiteUrl: string;
  messageContent: string;
  slideshowInterval: number;
  pageProgress: boolean;
  autoProgress: boolean;
  autoplay: boolean;
  loop: boolean;
  /** Per cent. */
  volume: number;
  muted: boolean;
  academicPeriodId: string | null;
  /** Only matters for a series. */
  skipHolidays: boolean;
  recurrence: Recurrence;
};

const PER_CENT = 100;

export type Range = { start: Date; end: Date };

function wallFields({ start, end }: Range, zone: string) {
  const [startDate = '', startTime = ''] = toWallClock(start, zone).split('T');
  const [endDate = '', endTime = ''] = toWallClock(end, zone).split('T');
  return { startDate, startTime, endDate, endTime };
}

export function newEventFields(
  range: Range,
  groupId: number | null,
  defaults: EventDefaults,
  zone: string,
): EventFields {
  return {
    subject: '',
    type: 'presentation',
    groupId: groupId === null ? '' : String(groupId),
    ...wallFields(range, zone),
    eventMediaId: null,
    websiteUrl: '',
    messageContent: '',
    slideshowInterval: defaults.presentation_interval,
    pageProgress: defaults.presentation_page_progress,
    autoProgress: defaults.presentation_auto_progress,
    autoplay: defaults.video_autoplay,
    loop: defaults.video_loop,
    volume: Math.round(defaults.video_volume * PER_CENT),
    muted: defaults.video_muted,
    academicPeriodId: null,
    skipHolidays: false,
    recurrence: NO_RECURRENCE,
  };
}

export function fieldsOf(event: Event, defaults: EventDefaults, zone: string): EventFields {
  const range = { start: parseApiTime(event.startTime), end: parseApiTime(event.endTime) };
  const fallback = newEventFields(range, event.groupId, defaults, zone);
  const { recurrenceRule, recurrenceEnd, academicPeriodId } = event;
  const recurrence = readRecurrence(
    recurrenceRule,
    toWallClock(range.start, zone),
    zone,
    recurrenceEnd === null ? null : toWallClock(parseApiTime(recurrenceEnd), zone),
  );
  return {
    ...fallback,
    subject: event.subject,
    type: event.type,
    eventMediaId: event.eventMediaId === null ? null : String(event.eventMediaId),
    websiteUrl: event.websiteUrl ?? '',
    messageContent: event.messageContent ?? '',
    slideshowInterval: event.slideshowInterval ?? fallback.slideshowInterval,
    pageProgress: event.pageProgress ?? fallback.pageProgress,
    autoProgress: event.autoProgress ?? fallback.autoProgress,
    autoplay: event.autoplay ?? fallback.autoplay,
    loop: event.loop ?? fallback.loop,
    volume: event.volume === null ? fallback.volume : Math.round(event.volume * PER_CENT),
    muted: event.muted ?? fallback.muted,
    academicPeriodId: academicPeriodId === null ? null : String(academicPeriodId),
    skipHolidays: event.skipHolidays,
    recurrence:
      recurrence.frequency === 'other' ? { ...recurrence, otherEnd: recurrenceEnd } : recurrence,
  };
}

/** One date of a series, as the event of its own that a change makes of it. */
export function occurrenceFields(
  series: Event,
  range: Range,
  defaults: EventDefaults,
  zone: string,
): EventFields {
  const fields = fieldsOf(series, defaults, zone);
  return { ...fields, ...wallFields(range, zone), recurrence: NO_RECURRENCE };
}

export const startOnWall = (fields: EventFields) => `${fields.startDate}T${fields.startTime}`;
export const endOnWall = (fields: EventFields) => `${fields.endDate}T${fields.endTime}`;

export function rangeOf(fields: EventFields, zone: string): Range {
  return {
    start: fromWallClock(startOnWall(fields), zone),
    end: fromWallClock(endOnWall(fields), zone),
  };
}

function momentsOf({ startDate, startTime, endDate, endTime }: EventFields) {
  return [startDate, startTime, endDate, endTime];
}

/** A moved start takes the end along, and the weekday of a series that had only that one. */
export function withStart(fields: EventFields, startDate: string, startTime: string): EventFields {
  const isTyping = [startDate, startTime, ...momentsOf(fields)].includes('');
  if (isTyping) return { ...fields, startDate, startTime };
  const before = Temporal.PlainDateTime.from(startOnWall(fields));
  const after = Temporal.PlainDateTime.from(`${startDate}T${startTime}`);
  const end = Temporal.PlainDateTime.from(endOnWall(fields)).add(before.until(after));
  const { recurrence } = fields;
  const followsStart =
    recurrence.weekdays.length === 1 && recurrence.weekdays[0] === weekdayOf(fields.startDate);
  return {
    ...fields,
    startDate,
    startTime,
    endDate: end.toPlainDate().toString(),
    endTime: end.toPlainTime().toString({ smallestUnit: 'minute' }),
    recurrence: withStartDay(
      followsStart ? { ...recurrence, weekdays: [weekdayOf(startDate)] } : recurrence,
      startDate,
    ),
  };
}

/** A month's second Tuesday is not on every day; where the start is none, its date counts. */
function withStartDay(recurrence: Recurrence, startDate: string): Recurrence {
  const { monthlyBy } = recurrence;
  return monthlyChoices(startDate).includes(monthlyBy)
    ? recurrence
    : { ...recurrence, monthlyBy: 'day' };
}

/** Only what the type uses is sent; the rest stays as the server has it. */
function contentOf(fields: EventFields): Partial<NewEvent> {
  const eventMediaId = fields.eventMediaId === null ? null : Number(fields.eventMediaId);
  const { slideshowInterval, pageProgress, autoProgress } = fields;
  const { autoplay, loop, muted } = fields;
  switch (fields.type) {
    case 'presentation':
      return { eventMediaId, slideshowInterval, pageProgress, autoProgress };
    case 'video':
      return { eventMediaId, autoplay, loop, muted, volume: fields.volume / PER_CENT };
    case 'website':
      return { websiteUrl: fields.websiteUrl.trim() };
    case 'message':
      return { messageContent: fields.messageContent };
    default:
      return {};
  }
}

function scheduleOf(fields: EventFields, zone: string) {
  const { start, end } = rangeOf(fields, zone);
  const { recurrence, academicPeriodId, skipHolidays, startDate, groupId } = fields;
  return {
    groupId: Number(groupId),
    startTime: toApiTime(start),
    endTime: toApiTime(end),
    recurrenceRule: writeRule(recurrence, startDate),
    recurrenceEnd: recurrence.frequency === 'other' ? recurrence.otherEnd : null,
    academicPeriodId: academicPeriodId === null ? null : Number(academicPeriodId),
    skipHolidays,
  };
}

export function newEventBody(fields: EventFields, zone: string): NewEvent {
  const type = OFFERED_TYPES.find((offered) => offered === fields.type) ?? 'message';
  return {
    ...scheduleOf(fields, zone),
    subject: fields.subject.trim(),
    type,
    ...contentOf(fields),
  };
}

/** What a series leaves out is not sent: on the server it follows the series. */
export function changedEventBody(fields: EventFields, event: Event, zone: string) {
  const isSingle = fields.recurrence.frequency === 'none';
  return {
    ...scheduleOf(fields, zone),
    ...contentOf(fields),
    subject: fields.subject.trim(),
    type: fields.type,
    version: event.version,
    ...(isSingle ? { recurrenceException: null } : {}),
  };
}

export function detachedBody(fields: EventFields, series: Event, zone: string) {
  const { recurrenceRule, recurrenceEnd, ...schedule } = scheduleOf(fields, zone);
  const subject = fields.subject.trim();
  const { type } = fields;
  return { ...schedule, ...contentOf(fields), subject, type, version: series.version };
}

/** What the server is asked about an event that is being edited; `day` is the date of its series it replaces. */
export function draftOf(
  fields: EventFields,
  zone: string,
  eventId: number | undefined,
  day: string | undefined,
): EventDraft {
  const { groupId, ...schedule } = scheduleOf(fields, zone);
  return {
    ...schedule,
    groupId: fields.groupId === '' ? null : groupId,
    eventId: eventId ?? null,
    occurrenceDay: day ?? null,
  };
}
