/** Every warning of a device in words. */
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
  if (status === 'offline')
    return (
      <Alert color="red" icon={<IconAlertTriangle />} mb="md">
        {t('state.offline')}
      </Alert>
    );
  if (warnings.length === 0) return null;
  return (
    <Alert color={status === 'critical' ? 'red' : 'orange'} icon={<IconAlertTriangle />} mb="md">
      {warnings.length === 1 ? (
        <Text size="sm">{warningText(warnings[0] ?? '')}</Text>
      ) : (
        <List size="sm">
          {warnings.map((code) => (
            <List.Item key={code}>{warningText(code)}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
