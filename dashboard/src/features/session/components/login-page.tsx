import { Group, Paper, Text, Title } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Logo } from '@/components/ui/logo';
import { useTabTitle } from '@/components/ui/page';
import { LoginForm } from './login-form';
import classes from './login-page.module.css';

const route = getRouteApi('/login');

export function LoginPage() {
  const { t } = useTranslation('session');
  const { next, expired } = route.useSearch();
  const { history } = useRouter();
  useTabTitle(t('title'));
  return (
    <main className={classes.stage}>
      <Paper withBorder shadow="md" radius="lg" className={classes.card}>
        <Group gap="sm" mb="lg" wrap="nowrap">
          <Logo size={44} />
          <div>
            <Title order={1} fz={22} lh={1.2}>
              {t('title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('subtitle')}
            </Text>
          </div>
        </Group>
        <LoginForm hint={expired ? t('expired') : null} onDone={() => history.push(next ?? '/')} />
      </Paper>
    </main>
  );
}
