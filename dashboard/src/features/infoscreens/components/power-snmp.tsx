/** What SNMPv3 needs beyond user and password. */
import { PasswordInput, Group as Row, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PowerSwitchAnswer } from '@/api/generated/types.gen';
import { AUTH_PROTOCOLS, PRIVACY_PROTOCOLS } from '../power-switch-fields';
import type { PowerInput } from './power-form';

type PowerSnmpProps = { input: PowerInput; present: PowerSwitchAnswer | null };

export function PowerSnmp({ input, present }: PowerSnmpProps) {
  const { t } = useTranslation('infoscreens');
  return (
    <>
      <Row grow align="flex-start">
        <Select
          {...input('authProtocol')}
          label={t('power.authProtocol')}
          data={AUTH_PROTOCOLS.map((each) => ({ value: each, label: t(`power.protocol.${each}`) }))}
          allowDeselect={false}
        />
        <Select
          {...input('privacyProtocol')}
          label={t('power.privacyProtocol')}
          placeholder={t('power.noPrivacy')}
          data={PRIVACY_PROTOCOLS.map((each) => ({
            value: each,
            label: t(`power.protocol.${each}`),
          }))}
        />
      </Row>
      <PasswordInput
        {...input('privacySecret')}
        label={t('power.privacySecret')}
        description={present?.hasPrivacySecret ? t('power.secretKept') : undefined}
        maxLength={255}
        autoComplete="new-password"
      />
    </>
  );
}
