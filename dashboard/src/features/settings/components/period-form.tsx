import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { NewPeriod } from '@/api/generated/types.gen';
import type { Period } from '@/api/types';
import { DayInput } from '@/components/ui/day-input';
import { DialogForm, type EntryFormProps, inputOf } from '@/components/ui/dialog-form';

const TYPES = ['schuljahr', 'semester', 'trimester'] as const;

export type PeriodFields = Pick<Period, 'name' | 'startDate' | 'endDate' | 'periodType'> & {
  displayName: string;
};

export const NEW_PERIOD: PeriodFields = {
  name: '',
  displayName: '',
  startDate: '',
  endDate: '',
  periodType: 'schuljahr',
};

export function bodyOf(fields: PeriodFields): NewPeriod {
  const { name, displayName, startDate, endDate, periodType } = fields;
  return { name, displayName: displayName.trim() || null, startDate, endDate, periodType };
}

export function PeriodForm({ initial, onSubmit, ...frame }: EntryFormProps<PeriodFields>) {
  const { t } = useTranslation('settings');
  const form = useForm<PeriodFields>({
    initialValues: initial,
    validate: {
      name: (name) => (name.trim() === '' ? t('periods.nameMissing') : null),
      startDate: (day) => (day === '' ? t('form.dateMissing') : null),
      endDate: (day, { startDate }) => {
        if (day === '') return t('form.dateMissing');
        return startDate !== '' && day < startDate ? t('form.endBeforeStart') : null;
      },
    },
  });
  const input = inputOf(form, frame.error);

  return (
    <DialogForm {...frame} onSubmit={form.onSubmit(onSubmit)}>
      <TextInput
        {...input('name')}
        label={t('periods.name')}
        placeholder={t('periods.namePlaceholder')}
        required
        maxLength={100}
        data-autofocus
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          {...input('periodType')}
          label={t('periods.typeLabel')}
          data={TYPES.map((value) => ({ value, label: t(`periods.type.${value}`) }))}
          allowDeselect={false}
        />
        <TextInput
          {...input('displayName')}
          label={t('periods.displayName')}
          placeholder={t('periods.displayNamePlaceholder')}
          maxLength={50}
        />
        <DayInput {...input('startDate')} label={t('form.startDate')} required />
        <DayInput
          {...input('endDate')}
          label={t('form.endDate')}
          required
          minDate={form.values.startDate || undefined}
        />
      </SimpleGrid>
    </DialogForm>
  );
}
