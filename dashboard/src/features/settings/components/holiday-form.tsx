import { SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Period } from '@/api/types';
import { DayInput } from '@/components/ui/day-input';
import { DialogForm, type EntryFormProps, inputOf } from '@/components/ui/dialog-form';

export type HolidayFields = { name: string; startDate: string; endDate: string; region: string };

type HolidayFormProps = EntryFormProps<HolidayFields> & { period: Period };

export function HolidayForm({ initial, period, onSubmit, ...frame }: HolidayFormProps) {
  const { t } = useTranslation('settings');
  const form = useForm<HolidayFields>({
    initialValues: initial,
    validate: {
      name: (name) => (name.trim() === '' ? t('holidays.nameMissing') : null),
      startDate: (day) => (day === '' ? t('form.dateMissing') : null),
      endDate: (day, { startDate }) =>
        day !== '' && day < startDate ? t('form.endBeforeStart') : null,
    },
  });
  const { startDate } = form.values;
  const input = inputOf(form, frame.error);

  return (
    <DialogForm {...frame} onSubmit={form.onSubmit(onSubmit)}>
      <TextInput
        {...input('name')}
        label={t('holidays.name')}
        placeholder={t('holidays.namePlaceholder')}
        required
        maxLength={100}
        data-autofocus
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DayInput
          {...input('startDate')}
          label={t('holidays.first')}
          minDate={period.startDate}
          maxDate={period.endDate}
          required
        />
        <DayInput
          {...input('endDate')}
          label={t('holidays.last')}
          description={t('holidays.lastHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          minDate={startDate || period.startDate}
          maxDate={period.endDate}
        />
      </SimpleGrid>
      <TextInput
        {...input('region')}
        label={t('holidays.region')}
        placeholder={t('holidays.regionPlaceholder')}
        maxLength={100}
      />
    </DialogForm>
  );
}
