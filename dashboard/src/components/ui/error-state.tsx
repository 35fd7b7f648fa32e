/** A failure in place of content: the reason as a sentence and the way out. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './problem-text';

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t('state.errorTitle')} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{problemText(error)}</Text>
        {onRetry !== undefined && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={16} />}
            onClick={onRetry}
          >
            {t('state.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
