import { ColorInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import { DialogForm, type EntryFormProps, inputOf } from '@/components/ui/dialog-form';
import { OpeningHoursInput } from '@/components/ui/opening-hours-input';
import type { OpeningHours } from '@/lib/opening-hours';

export type GroupFields = {
  name: string;
  description: string;
  color: string;
  openingHours: OpeningHours | null;
};

const LONGEST_NAME = 100;
const COLOR = /^(#[0-9a-f]{6})?$/i;
const SWATCHES = [
  '#3b5bdb',
  '#1971c2',
  '#0c8599',
  '#099268',
  '#5c940d',
  '#e67700',
  '#d9480f',
  '#c92a2a',
  '#a61e4d',
  '#862e9c',
  '#495057',
];

export function GroupForm({ initial, onSubmit, ...frame }: EntryFormProps<GroupFields>) {
  const { t } = useTranslation('groups');
  const refused = fieldErrors(frame.error);
  const form = useForm({
    initialValues: initial,
    validate: {
      name: (name) => {
        if (name.trim() === '') return t('form.nameMissing');
        return name.trim().length > LONGEST_NAME ? t('form.nameTooLong') : null;
      },
      color: (color) => (COLOR.test(color) ? null : t('form.colorWrong')),
    },
  });
  const input = inputOf(form, frame.error);

  return (
    <DialogForm {...frame} onSubmit={form.onSubmit(onSubmit)}>
      <TextInput
        {...input('name')}
        label={t('form.name')}
        placeholder={t('form.namePlaceholder')}
        required
        data-autofocus
      />
      <Textarea {...input('description')} label={t('form.description')} autosize minRows={2} />
      <ColorInput
        {...input('color')}
        label={t('form.color')}
        description={t('form.colorHint')}
        swatches={SWATCHES}
        eyeDropperButtonProps={{ 'aria-label': t('form.colorPick') }}
      />
      <OpeningHoursInput
        label={t('form.hours')}
        description={t('form.hoursHint')}
        switchLabel={t('form.hoursOwn')}
        value={form.values.openingHours}
        onChange={(hours) => form.setFieldValue('openingHours', hours)}
        error={refused.openingHours}
      />
    </DialogForm>
  );
}
