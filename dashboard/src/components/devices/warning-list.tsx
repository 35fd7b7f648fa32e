/** That a device is silent, and every warning of it, in words. */
import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus } from '@/api/types';
import { useWarningText } from './warning-text';

export function WarningList({ status: { status, warnings, isActive } }: { status: ClientStatus }) {
  const { t } = useTranslation();
  const warningText = useWarningText();
  if (!isActive)
    return (
      <Alert color="gray" mb="md">
        {t('state.inactive')}
      </Alert>
    );
  const sentences = warnings.map(warningText);
  if (status === 'offline') sentences.unshift(t('state.offline'));
  if (sentences.length === 0) return null;
  return (
    <Alert color={status === 'warning' ? 'orange' : 'red'} icon={<IconAlertTriangle />} mb="md">
      {sentences.length === 1 ? (
        <Text size="sm">{sentences[0]}</Text>
      ) : (
        <List size="sm">
          {sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
