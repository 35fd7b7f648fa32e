/** A new emergency message: who sees it, what it says, how long. Nothing is sent before the question after it. */
import {
  Button,
  Group as Row,
  SimpleGrid,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus, Group } from '@/api/types';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { useDialog } from '@/lib/use-dialog';
import { useStartBroadcast } from '../api/use-start-broadcast';
import {
  type BroadcastFields,
  LONGEST_MESSAGE,
  type Mistake,
  mistakesIn,
  NO_BROADCAST,
  toRequest,
} from '../broadcast-fields';
import { ConfirmBroadcast } from './confirm-broadcast';
import { MinutesInput } from './minutes-input';
import { ReachInput } from './reach-input';
import { ScreenPreview } from './screen-preview';
import { SeverityInput } from './severity-input';
import { useOpenBroadcast } from './use-open-broadcast';

type BroadcastFormProps = { groups: Group[]; clients: ClientStatus[] };

const LONGEST_REASON = 2_000;

export function BroadcastForm({ groups, clients }: BroadcastFormProps) {
  const { t } = useTranslation('broadcasts');
  const [fields, setFields] = useState(NO_BROADCAST);
  const [mistakes, setMistakes] = useState<Mistake[]>([]);
  const question = useDialog<BroadcastFields>();
  const start = useStartBroadcast();
  const openBroadcast = useOpenBroadcast();
  const change = (changed: Partial<BroadcastFields>) => {
    setFields((before) => ({ ...before, ...changed }));
    setMistakes([]);
  };
  const mistake = (field: Mistake) => mistakes.includes(field) && t(`form.missing.${field}`);

  function check(event: SubmitEvent) {
    event.preventDefault();
    const found = mistakesIn(fields);
    setMistakes(found);
    if (found.length === 0) question.open(fields);
  }

  function begin() {
    question.close();
    start.mutate(
      { body: toRequest(fields) },
      {
        onSuccess: ({ id }) => {
          setFields(NO_BROADCAST);
          openBroadcast(id);
        },
      },
    );
  }

  return (
    <form noValidate onSubmit={check}>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Stack gap="md">
          <ReachInput fields={fields} groups={groups} onChange={change} error={mistake('groups')} />
          <Textarea
            label={t('form.message')}
            description={t('form.messageHint')}
            value={fields.message}
            onChange={(event) => change({ message: event.currentTarget.value })}
            error={mistake('message')}
            required
            maxLength={LONGEST_MESSAGE}
            autosize
            minRows={3}
            maxRows={10}
          />
          <SeverityInput value={fields.severity} onChange={(severity) => change({ severity })} />
          <MinutesInput
            value={fields.minutes}
            onChange={(minutes) => change({ minutes })}
            error={mistake('minutes')}
          />
          <TextInput
            label={t('form.reason')}
            description={t('form.reasonHint')}
            value={fields.reason}
            onChange={(event) => change({ reason: event.currentTarget.value })}
            maxLength={LONGEST_REASON}
          />
          <Switch
            label={t('form.drill')}
            description={t('form.drillHint')}
            checked={fields.drill}
            onChange={(event) => change({ drill: event.currentTarget.checked })}
          />
        </Stack>
        <ScreenPreview fields={fields} />
      </SimpleGrid>
      <Stack gap="sm" mt="lg">
        <ProblemAlert error={start.error} />
        <Row justify="flex-end">
          <Button
            type="submit"
            color={fields.drill ? undefined : 'red.8'}
            leftSection={<IconSpeakerphone size={18} />}
            loading={start.isPending}
          >
            {t(fields.drill ? 'form.submitDrill' : 'form.submit')}
          </Button>
        </Row>
      </Stack>
      <ConfirmBroadcast dialog={question} groups={groups} clients={clients} onConfirm={begin} />
    </form>
  );
}
