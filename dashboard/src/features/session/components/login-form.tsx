import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconInfoCircle, IconLogin2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { useLogin } from '../api/use-login';

type LoginFormProps = { hint: string | null; onDone: () => void };

export function LoginForm({ hint, onDone }: LoginFormProps) {
  const { t } = useTranslation('session');
  const login = useLogin();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { username: '', password: '' },
    validate: {
      username: isNotEmpty(t('usernameMissing')),
      password: isNotEmpty(t('passwordMissing')),
    },
  });

  return (
    <form
      noValidate
      onSubmit={form.onSubmit((body) => login.mutate({ body }, { onSuccess: onDone }))}
    >
      <Stack gap="md">
        {login.isError ? (
          <ProblemAlert error={login.error} />
        ) : (
          hint !== null && <Alert icon={<IconInfoCircle />}>{hint}</Alert>
        )}
        <TextInput
          {...form.getInputProps('username')}
          key={form.key('username')}
          label={t('username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          {...form.getInputProps('password')}
          key={form.key('password')}
          label={t('password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0 }}
        />
        <Button
          type="submit"
          size="md"
          fullWidth
          loading={login.isPending}
          leftSection={<IconLogin2 size={18} />}
        >
          {t('submit')}
        </Button>
        <Text size="xs" c="dimmed" ta="center">
          {t('forgotten')}
        </Text>
      </Stack>
    </form>
  );
}
