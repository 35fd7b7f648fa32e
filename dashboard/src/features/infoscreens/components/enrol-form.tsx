import { Group as Row, Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { EnrollmentRequest } from '@/api/generated/types.gen';
import type { Group } from '@/api/types';
import { DialogForm, inputOf } from '@/components/ui/dialog-form';
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
  const { t } = useTranslation('infoscreens');
  const form = useForm({ initialValues: NOTHING });
  const input = inputOf(form, error);

  function submit({ description, groupId, validMinutes }: Fields) {
    onSubmit({
      description: description.trim() || null,
      groupId: groupId === null ? null : Number(groupId),
      validMinutes: Number(validMinutes),
    });
  }

  return (
    <DialogForm
      error={error}
      submitLabel={t('enrol.make')}
      isBusy={isBusy}
      onSubmit={form.onSubmit(submit)}
      onCancel={onCancel}
    >
      <Text size="sm">{t('enrol.intro')}</Text>
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
    </DialogForm>
  );
}
