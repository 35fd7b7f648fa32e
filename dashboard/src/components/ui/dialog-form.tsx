/** The form of a dialog: why it was refused, its fields, and the two ways out. */
import { Button, Group, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import { ProblemAlert } from './problem-alert';

type Frame = {
  error: unknown;
  submitLabel: string;
  isBusy: boolean;
  onCancel: () => void;
};

type DialogFormProps = Frame & {
  onSubmit: FormEventHandler<HTMLFormElement>;
  children: ReactNode;
};

/** What a form is given that makes or changes one thing; all but the fields goes on to its DialogForm. */
export type EntryFormProps<Fields> = Frame & {
  initial: Fields;
  onSubmit: (fields: Fields) => void;
};

export function DialogForm(props: DialogFormProps) {
  const { error, submitLabel, isBusy, onSubmit, onCancel, children } = props;
  const { t } = useTranslation('common');
  return (
    <form noValidate onSubmit={onSubmit}>
      <Stack gap="md">
        <ProblemAlert error={error} />
        {children}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What an input of `form` needs, by its field's name, with what the API said about that field. */
export function inputOf<Fields extends object>(form: UseFormReturnType<Fields>, error: unknown) {
  const refused = fieldErrors(error);
  return (field: keyof Fields & string) => {
    const props = form.getInputProps(field);
    return { ...props, error: props.error ?? refused[field] };
  };
}
