/** When not even the frame could be loaded, or an address leads nowhere. */
import { Button, Container } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';

export function FaultPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Container component="main" size="sm" py="xl">
      <ErrorState error={error} onRetry={() => router.invalidate()} />
    </Container>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Container component="main" size="sm" py="xl">
      <EmptyState
        icon={IconMapPinOff}
        title={t('errors.notFoundTitle')}
        text={t('errors.notFoundText')}
        action={
          <Button component={Link} to="/">
            {t('errors.toOverview')}
          </Button>
        }
      />
    </Container>
  );
}
