/** What the dialog can tell before it asks the server. Keys are the API's field names where it has one. */
import type { TFunction } from 'i18next';
import { type EventFields, endOnWall, startOnWall } from './event-fields';

export type FieldErrors = Partial<Record<string, string>>;

const LONGEST_SUBJECT = 255;
const LONGEST_INTERVAL = 86_400;
const MOST_WEEKS = 99;
const MOST_COUNT = 999;
const WEB_ADDRESS = /^https?:\/\/\S+$/i;

const isWithin = (value: number, most: number) =>
  Number.isInteger(value) && value >= 1 && value <= most;

function timeErrors(fields: EventFields, t: TFunction<'events'>): FieldErrors {
  if (fields.startDate === '') return { startTime: t('form.dateMissing') };
  if (fields.startTime === '') return { startTime: t('form.timeMissing') };
  if (fields.endDate === '') return { endTime: t('form.dateMissing') };
  if (fields.endTime === '') return { endTime: t('form.timeMissing') };
  // Wall clocks of one form sort like text.
  return endOnWall(fields) <= startOnWall(fields) ? { endTime: t('form.endNotAfterStart') } : {};
}

function contentErrors(fields: EventFields, t: TFunction<'events'>): FieldErrors {
  const { type, eventMediaId, websiteUrl, messageContent, slideshowInterval } = fields;
  const errors: FieldErrors = {};
  if ((type === 'presentation' || type === 'video') && eventMediaId === null)
    errors.eventMediaId = t('media.missing');
  if (type === 'presentation' && !isWithin(slideshowInterval, LONGEST_INTERVAL))
    errors.slideshowInterval = t('form.intervalWrong');
  if (type === 'website' && !WEB_ADDRESS.test(websiteUrl.trim()))
    errors.websiteUrl = t('form.websiteWrong');
  if (type === 'message' && messageContent.trim() === '')
    errors.messageContent = t('form.messageMissing');
  return errors;
}

function recurrenceErrors({ recurrence, startDate }: EventFields, t: TFunction<'events'>) {
  const { frequency, interval, weekdays, end, until, count } = recurrence;
  const errors: FieldErrors = {};
  if (frequency === 'none' || frequency === 'other') return errors;
  if (!isWithin(interval, MOST_WEEKS)) errors.interval = t('recurrence.intervalWrong');
  if (frequency === 'weekly' && weekdays.length === 0)
    errors.weekdays = t('recurrence.weekdaysMissing');
  if (end === 'until' && until === '') errors.until = t('form.dateMissing');
  if (end === 'until' && until !== '' && until < startDate)
    errors.until = t('recurrence.untilWrong');
  if (end === 'count' && !isWithin(count, MOST_COUNT)) errors.count = t('recurrence.countWrong');
  return errors;
}

/** Whether enough is there, and right, to ask the server what the event would be. */
export function hasSchedule(fields: EventFields, t: TFunction<'events'>): boolean {
  const errors = { ...timeErrors(fields, t), ...recurrenceErrors(fields, t) };
  return Object.keys(errors).length === 0;
}

export function validate(fields: EventFields, t: TFunction<'events'>): FieldErrors {
  const errors: FieldErrors = {
    ...timeErrors(fields, t),
    ...contentErrors(fields, t),
    ...recurrenceErrors(fields, t),
  };
  const subject = fields.subject.trim();
  if (subject === '') errors.subject = t('form.subjectMissing');
  if (subject.length > LONGEST_SUBJECT) errors.subject = t('form.subjectTooLong');
  if (fields.groupId === '') errors.groupId = t('form.groupMissing');
  return errors;
}
