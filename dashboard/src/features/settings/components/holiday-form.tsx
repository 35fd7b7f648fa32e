import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import type { Period } from '@/api/types';
import { DayInput } from '@/components/ui/day-input';
import { ProblemAlert } from '@/components/ui/problem-alert';

export type HolidayFields = { name: string; startDate: string; endDate: string; region: string };

type HolidayFormProps = {
  initial: HolidayFields;
  period: Period;
  submitLabel: string;
  isBusy: boolean;
  error: unknown;
  onSubmit: (fields: HolidayFields) => void;
  onCancel: () => void;
};

export function HolidayForm(props: HolidayFormProps) {
  const { initial, period, submitLabel, isBusy, error, onSubmit, onCancel } = props;
  const { t } = useTranslation(['settings', 'common']);
  const refused = fieldErrors(error);
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
  const input = (field: keyof HolidayFields) => {
    const given = form.getInputProps(field);
    return { ...given, error: given.error ?? refused[field] };
  };

  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit)}>
      <Stack gap="md">
        <ProblemAlert error={error} />
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
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
