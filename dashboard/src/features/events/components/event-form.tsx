import { Button, Group as Row, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { type EventFields, withStart } from '../event-fields';
import type { EditTarget, GroupChoice } from '../event-target';
import { usePreview } from '../use-preview';
import { validate } from '../validate';
import { ConflictHint } from './conflict-hint';
import { ContentFields } from './content-fields';
import classes from './event-form.module.css';
import { MomentInput } from './moment-input';
import { NextDates } from './next-dates';
import { PeriodFields } from './period-fields';
import { RecurrenceFields } from './recurrence-fields';
import { TypeSelect } from './type-select';

type EventFormProps = {
  initial: EventFields;
  groups: GroupChoice[];
  /** Of an event that is there already; its own showings are no conflict. */
  target?: EditTarget;
  submitLabel: string;
  isBusy: boolean;
  isReadOnly?: boolean;
  error: unknown;
  header?: ReactNode;
  notice?: (fields: EventFields) => ReactNode;
  footer?: ReactNode;
  onDirty: (dirty: boolean) => void;
  onSubmit: (fields: EventFields) => void;
  onCancel: () => void;
};

export function EventForm(props: EventFormProps) {
  const { initial, groups, target, submitLabel, isBusy, isReadOnly = false } = props;
  const { error, header, notice, footer, onDirty, onSubmit, onCancel } = props;
  const { t } = useTranslation(['events', 'common']);
  const { t: tEvents } = useTranslation('events');
  const refused = fieldErrors(error);
  const form = useForm<EventFields>({
    initialValues: initial,
    validate: (fields) => validate(fields, tEvents),
    onValuesChange: (fields) => onDirty(JSON.stringify(fields) !== JSON.stringify(initial)),
  });
  const fields = form.values;
  const set = (change: Partial<EventFields>) => {
    form.setValues(change);
    for (const name of Object.keys(change)) form.clearFieldError(name);
  };
  const preview = usePreview(fields, target);
  const errorOf = (name: string) =>
    (form.errors[name] as string | undefined) ?? refused[name] ?? preview.errors[name];

  const parts = { fields, set, errorOf, isReadOnly };

  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit)}>
      <Stack gap="md">
        {header}
        {notice?.(fields)}
        <ProblemAlert error={error} />
        <fieldset disabled={isReadOnly} className={classes.fields}>
          <Stack gap="md">
            <TextInput
              label={t('form.subject')}
              value={fields.subject}
              onChange={(event) => set({ subject: event.currentTarget.value })}
              error={errorOf('subject')}
              required
              data-autofocus
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TypeSelect
                value={fields.type}
                onChange={(type) => set({ type, eventMediaId: null })}
                error={errorOf('type')}
                disabled={isReadOnly}
              />
              <Select
                label={t('form.group')}
                data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
                value={fields.groupId === '' ? null : fields.groupId}
                onChange={(groupId) => set({ groupId: groupId ?? '' })}
                error={errorOf('groupId')}
                allowDeselect={false}
                searchable
                required
                disabled={isReadOnly}
              />
              <MomentInput
                label="start"
                date={fields.startDate}
                time={fields.startTime}
                error={errorOf('startTime')}
                disabled={isReadOnly}
                onChange={(date, time) => set(withStart(fields, date, time))}
              />
              <MomentInput
                label="end"
                date={fields.endDate}
                time={fields.endTime}
                error={errorOf('endTime')}
                disabled={isReadOnly}
                onChange={(endDate, endTime) => set({ endDate, endTime })}
              />
            </SimpleGrid>
            <ContentFields {...parts} />
            {target?.scope !== 'occurrence' && (
              <RecurrenceFields {...parts}>
                {preview.answer !== null && <NextDates preview={preview.answer} />}
              </RecurrenceFields>
            )}
            <PeriodFields {...parts} />
          </Stack>
        </fieldset>
        {preview.answer !== null && <ConflictHint preview={preview.answer} fields={fields} />}
        <Row justify="space-between" gap="sm" className={classes.actions}>
          <div>{footer}</div>
          <Row gap="sm">
            <Button variant="default" onClick={onCancel}>
              {t(isReadOnly ? 'common:action.close' : 'common:action.cancel')}
            </Button>
            {!isReadOnly && (
              <Button type="submit" loading={isBusy}>
                {submitLabel}
              </Button>
            )}
          </Row>
        </Row>
      </Stack>
    </form>
  );
}
