/** Whereto a channel sends; which fields there are follows its kind. What is stored secretly is never shown. */
import {
  Checkbox,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer, MailSecurity } from '@/api/generated/types.gen';
import {
  type ChannelFields,
  type ChannelMistakes,
  isSameLogin,
  MAIL_PORTS,
} from '../channel-fields';

type ChannelTargetProps = {
  form: UseFormReturnType<ChannelFields>;
  mistakes: ChannelMistakes;
  /** What is stored of this kind already. */
  present: ChannelAnswer | null;
};

const SECURITIES: readonly MailSecurity[] = ['starttls', 'tls', 'none'];

export function ChannelTarget(props: ChannelTargetProps) {
  const { kind } = props.form.values;
  if (kind === 'mail') return <MailTarget {...props} />;
  return (
    <>
      <AddressInput {...props} />
      {kind === 'webhook' && <SignatureInput {...props} />}
    </>
  );
}

function MailTarget({ form, mistakes, present }: ChannelTargetProps) {
  const { t } = useTranslation('settings');
  const { security, port } = form.values;

  function secure(chosen: string | null) {
    const next = SECURITIES.find((each) => each === chosen);
    if (next === undefined) return;
    const isUsual = port === MAIL_PORTS[security];
    form.setValues({ security: next, ...(isUsual && { port: MAIL_PORTS[next] }) });
  }

  return (
    <>
      <TagsInput
        {...form.getInputProps('recipients')}
        error={mistakes.recipients}
        label={t('channels.recipients')}
        description={t('channels.recipientsHint')}
        splitChars={[',', ';', ' ']}
        maxTags={50}
      />
      <TextInput
        {...form.getInputProps('sender')}
        error={mistakes.sender}
        label={t('channels.sender')}
        inputMode="email"
        maxLength={254}
        autoComplete="off"
      />
      <TextInput
        {...form.getInputProps('host')}
        error={mistakes.host}
        label={t('channels.host')}
        maxLength={253}
        autoComplete="off"
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('channels.security')}
          data={SECURITIES.map((value) => ({ value, label: t(`channels.securityKind.${value}`) }))}
          value={security}
          onChange={secure}
          error={mistakes.security}
          allowDeselect={false}
        />
        <NumberInput
          {...form.getInputProps('port')}
          error={mistakes.port}
          label={t('channels.port')}
          allowDecimal={false}
          allowNegative={false}
          hideControls
        />
        <TextInput
          {...form.getInputProps('username')}
          error={mistakes.username}
          label={t('channels.username')}
          description={t('channels.usernameHint')}
          maxLength={255}
          autoComplete="off"
        />
        <PasswordInput
          {...form.getInputProps('password')}
          error={mistakes.password}
          label={t('channels.password')}
          description={t(passwordHint(form.values, present))}
          maxLength={2000}
          autoComplete="new-password"
        />
      </SimpleGrid>
    </>
  );
}

function passwordHint(fields: ChannelFields, present: ChannelAnswer | null) {
  if (present?.mail?.hasPassword !== true) return 'channels.passwordHint' as const;
  return isSameLogin(fields, present)
    ? ('channels.secretKept' as const)
    : ('channels.passwordOfOtherLogin' as const);
}

function AddressInput({ form, mistakes, present }: ChannelTargetProps) {
  const { t } = useTranslation('settings');
  const { kind } = form.values;
  const stored = present?.webhook?.address ?? present?.apprise?.address;
  return (
    <TextInput
      {...form.getInputProps('url')}
      error={mistakes.url}
      label={t(kind === 'webhook' ? 'channels.webhookUrl' : 'channels.appriseUrl')}
      description={
        stored === undefined
          ? t(kind === 'webhook' ? 'channels.webhookUrlHint' : 'channels.appriseUrlHint')
          : t('channels.addressKept', { address: stored })
      }
      inputMode="url"
      maxLength={2000}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

function SignatureInput({ form, mistakes, present }: ChannelTargetProps) {
  const { t } = useTranslation('settings');
  const isStored = present?.webhook?.hasSecret === true;
  const isLost = isStored && form.values.url.trim() !== '';
  const kept = isLost ? 'channels.secretOfOtherAddress' : 'channels.secretKept';
  const isRemoved = isStored && !isLost && form.values.removesSecret;
  return (
    <>
      <PasswordInput
        {...form.getInputProps('secret')}
        error={mistakes.secret}
        label={t('channels.secret')}
        description={t(isStored ? kept : 'channels.secretHint')}
        disabled={isRemoved}
        maxLength={2000}
        autoComplete="new-password"
      />
      {isStored && !isLost && (
        <Checkbox
          {...form.getInputProps('removesSecret', { type: 'checkbox' })}
          label={t('channels.removeSecret')}
          disabled={form.values.secret !== ''}
        />
      )}
    </>
  );
}
