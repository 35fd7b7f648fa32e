import { Button, Group as Row, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { EnrollmentRequest } from '@/api/generated/types.gen';
import { fieldErrors } from '@/api/problem';
import type { Group } from '@/api/types';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { VALID_MINUTES } from '../enrolment';

type EnrolFormProps = {
  groups: Group[];
  isBusy: boolean;
  error: unknown;
  onSubmit: (request: EnrollmentRequest) => void;
  onCancel: () => void;
};

type Fields = { description: string; groupId: string | null; validMinutes: string };

const NOTHING: Fields = { description: '', groupId: null, validMinutes: '60' };

export function EnrolForm({ groups, isBusy, error, onSubmit, onCancel }: EnrolFormProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const refused = fieldErrors(error);
  const form = useForm({ initialValues: NOTHING });
  const input = (field: keyof Fields) => ({
    ...form.getInputProps(field),
    error: refused[field],
  });

  function submit({ description, groupId, validMinutes }: Fields) {
    onSubmit({
      description: description.trim() || null,
      groupId: groupId === null ? null : Number(groupId),
      validMinutes: Number(validMinutes),
    });
  }

  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <Text size="sm">{t('enrol.intro')}</Text>
        <ProblemAlert error={error} />
        <TextInput
          {...input('description')}
          label={t('settings.description')}
          placeholder={t('settings.descriptionPlaceholder')}
          maxLength={1000}
          data-autofocus
        />
        <Row grow align="flex-start">
          <Select
            {...input('groupId')}
            label={t('column.group')}
            placeholder={t('enrol.noGroup')}
            data={groups
              .filter((group) => !group.isUnassigned)
              .map(({ id, name }) => ({ value: String(id), label: name }))}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clearGroup') }}
            searchable
          />
          <Select
            {...input('validMinutes')}
            label={t('enrol.valid')}
            data={VALID_MINUTES.map((minutes) => ({
              value: String(minutes),
              label: t(`enrol.validFor.${minutes}`),
            }))}
            allowDeselect={false}
          />
        </Row>
        <Row justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('enrol.make')}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
