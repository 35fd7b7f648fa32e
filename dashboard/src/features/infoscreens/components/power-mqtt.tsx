import { Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Driver } from '@/api/generated/types.gen';
import type { PowerInput } from './power-form';

type PowerMqttProps = { driver: Driver; input: PowerInput; isTls: boolean };

export function PowerMqtt({ driver, input, isTls }: PowerMqttProps) {
  const { t } = useTranslation('infoscreens');
  const { value: _, ...tls } = input('tls');
  return (
    <>
      <TextInput
        {...input('topic')}
        label={t('power.topic')}
        description={t(driver === 'shelly_mqtt' ? 'power.topicShelly' : 'power.topicTasmota')}
        maxLength={255}
      />
      <Switch {...tls} checked={isTls} label={t('power.tls')} />
      {isTls && (
        <Textarea
          {...input('caCertificate')}
          label={t('power.ca')}
          description={t('power.caHint')}
          autosize
          minRows={2}
          maxRows={6}
        />
      )}
    </>
  );
}
