/** How the device is: life, player, picture and programme, each by itself, and every warning in words. */
import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus } from '@/api/types';
import { useWarningText } from '@/components/devices/warning-text';
import { Ago } from '@/components/ui/ago';
import { Facts } from '@/components/ui/facts';
import { SectionCard } from '@/components/ui/section-card';
import { parseApiTime } from '@/lib/time';
import { useStateWords } from '../state-words';
import { ShownEvent } from './shown-event';

export function StateCard({ status }: { status: ClientStatus }) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const words = useStateWords();
  const { lastAlive, currentEventId, expectedEventId, processStatus, screenHealth } = status;
  return (
    <SectionCard title={t('state.title')}>
      <Warnings status={status} />
      <Facts
        facts={[
          {
            name: t('common:lifeSign.last'),
            value:
              lastAlive === null ? (
                t('common:lifeSign.never')
              ) : (
                <Ago at={parseApiTime(lastAlive)} />
              ),
          },
          { name: t('state.process'), value: words.process(processStatus) },
          { name: t('state.screen'), value: words.screen(screenHealth) },
          { name: t('state.shows'), value: <ShownEvent id={currentEventId} /> },
          ...(expectedEventId === currentEventId
            ? []
            : [{ name: t('state.expected'), value: <ShownEvent id={expectedEventId} /> }]),
        ]}
      />
    </SectionCard>
  );
}

function Warnings({ status: { status, warnings, isActive } }: { status: ClientStatus }) {
  const { t } = useTranslation('infoscreens');
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
