/** As whom the switch is asked. A stored password is never shown: an empty field leaves it as it is. */
import { PasswordInput, Group as Row, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Driver, PowerSwitchAnswer } from '@/api/generated/types.gen';
import { isMqtt, isSnmp, type PowerSwitchFields } from '../power-switch-fields';
import type { PowerInput } from './power-form';

type PowerLoginProps = {
  driver: Driver;
  fields: PowerSwitchFields;
  input: PowerInput;
  present: PowerSwitchAnswer | null;
};

export function PowerLogin({ driver, fields, input, present }: PowerLoginProps) {
  const { t } = useTranslation('infoscreens');
  const isVersion2 = isSnmp(driver) && fields.username.trim() === '';
  return (
    <Row grow align="flex-start">
      <TextInput
        {...input('username')}
        label={t('power.username')}
        description={t(userHint(driver))}
        maxLength={255}
        autoComplete="off"
      />
      <PasswordInput
        {...input('secret')}
        label={t(isVersion2 ? 'power.community' : 'power.secret')}
        description={t(present?.hasSecret ? 'power.secretKept' : 'power.secretHint')}
        maxLength={255}
        autoComplete="new-password"
      />
    </Row>
  );
}

function userHint(driver: Driver) {
  if (isSnmp(driver)) return 'power.userHint.snmp' as const;
  return isMqtt(driver) ? ('power.userHint.mqtt' as const) : ('power.userHint.http' as const);
}
