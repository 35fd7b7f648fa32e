/** A channel as it should be; it can be tried before it is saved. */
import { Button, Group, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconSend } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer, ChannelKind } from '@/api/generated/types.gen';
import { hasStatus } from '@/api/problem';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { useTestAlertChannel } from '../api/use-alert-channels';
import {
  CHANNEL_KINDS,
  type ChannelFields,
  type ChannelMistakes,
  fieldsOf,
  mistakesOf,
  requestOf,
} from '../channel-fields';
import { ChannelChoice } from './channel-choice';
import { ChannelTarget } from './channel-target';
import { ChannelTest } from './channel-test';

type ChannelFormProps = {
  present: ChannelAnswer | null;
  isBusy: boolean;
  /** That others changed the channels is told by `children`. */
  error: unknown;
  mistakesIn: (fields: ChannelFields) => ChannelMistakes;
  onSubmit: (fields: ChannelFields) => void;
  /** Something else is tried now: what was said of the last try to save is over. */
  onTest: () => void;
  onCancel: () => void;
  children?: ReactNode;
};

export function ChannelForm(props: ChannelFormProps) {
  const { present, isBusy, error, mistakesIn, onSubmit, onTest, onCancel, children } = props;
  const { t, i18n } = useTranslation(['settings', 'common']);
  const test = useTestAlertChannel();
  const buttons = useRef<HTMLDivElement>(null);
  const form = useForm<ChannelFields>({
    initialValues: fieldsOf(present, i18n.language === 'en' ? 'en' : 'de'),
    onValuesChange: () => test.reset(),
  });
  const fields = form.values;
  const mistakes: ChannelMistakes = {
    ...mistakesOf(test.error, 'channel.', fields.recipients),
    ...mistakesOf(test.error, ''),
    ...mistakesIn(fields),
  };

  // What is said stands above the buttons, and mistakes at the fields push both out of sight.
  const said = error ?? test.error ?? test.data;
  useEffect(() => {
    if (said) buttons.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);

  function submit() {
    test.reset();
    onSubmit(fields);
  }

  function tryOut() {
    onTest();
    test.mutate({ body: { channel: requestOf(fields, present?.id ?? null) } });
  }

  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <TextInput
          {...form.getInputProps('name')}
          error={mistakes.name}
          label={t('channels.name')}
          placeholder={t('channels.namePlaceholder')}
          maxLength={100}
          data-autofocus
        />
        <Input.Wrapper label={t('channels.kindLabel')} labelElement="div" error={mistakes.kind}>
          <SegmentedControl<ChannelKind>
            fullWidth
            aria-label={t('channels.kindLabel')}
            value={fields.kind}
            onChange={(kind) => form.setFieldValue('kind', kind)}
            data={CHANNEL_KINDS.map((value) => ({ value, label: t(`channels.kind.${value}`) }))}
          />
        </Input.Wrapper>
        <ChannelTarget
          form={form}
          mistakes={mistakes}
          present={present?.kind === fields.kind ? present : null}
        />
        <ChannelChoice form={form} mistakes={mistakes} />
        {children}
        <ProblemAlert error={hasStatus(error, 409) ? null : error} />
        <ChannelTest answer={test.data} error={test.error} />
        <Group ref={buttons} justify="space-between" gap="sm" style={{ scrollMarginBlock: 16 }}>
          <Button
            variant="default"
            leftSection={<IconSend size={16} />}
            loading={test.isPending}
            onClick={tryOut}
          >
            {t('channels.test')}
          </Button>
          <Group gap="sm">
            <Button variant="default" onClick={onCancel}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t('common:action.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
