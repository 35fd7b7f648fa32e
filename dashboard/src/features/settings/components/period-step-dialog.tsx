/** The question before a period is activated, archived or deleted; what stands in the way is told before it is asked. */
import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconBarrierBlock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PeriodUsageAnswer } from '@/api/generated/types.gen';
import type { Period } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { QueryView } from '@/components/ui/query-view';
import { useActivatePeriod, useArchivePeriod, useDeletePeriod } from '../api/use-period-steps';
import { usePeriodUsage } from '../api/use-period-usage';

export type PeriodStep = 'activate' | 'archive' | 'delete';
export type StepTarget = { kind: PeriodStep; period: Period };

type PeriodStepDialogProps = {
  about: StepTarget | null;
  opened: boolean;
  turn: number;
  close: () => void;
};

export function PeriodStepDialog({ about, opened, turn, close }: PeriodStepDialogProps) {
  const { t } = useTranslation(['settings', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={about && t(`periods.${about.kind}Title`, { name: about.period.name })}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {about !== null && <Question key={turn} target={about} onClose={close} />}
    </Modal>
  );
}

function Question({ target, onClose }: { target: StepTarget; onClose: () => void }) {
  const usage = usePeriodUsage(target.period.id);
  return (
    <QueryView query={usage}>
      {(used) => <Answerable target={target} usage={used} onClose={onClose} />}
    </QueryView>
  );
}

type AnswerableProps = { target: StepTarget; usage: PeriodUsageAnswer; onClose: () => void };

function Answerable({ target: { kind, period }, usage, onClose }: AnswerableProps) {
  const { t } = useTranslation(['settings', 'common']);
  const notify = useNotify();
  const steps = {
    activate: useActivatePeriod(),
    archive: useArchivePeriod(),
    delete: useDeletePeriod(),
  };
  const step = steps[kind];
  const blockers = kind === 'activate' ? [] : usage.blockers;
  const { name } = period;

  function confirm() {
    step.mutate(
      { path: { period_id: period.id } },
      {
        onSuccess: () => {
          notify.success(t(`periods.${kind}Done`, { name }));
          onClose();
        },
      },
    );
  }

  return (
    <Stack gap="md">
      <ProblemAlert error={step.error} />
      {blockers.length > 0 ? (
        <Alert color="orange" icon={<IconBarrierBlock />} title={t(`periods.${kind}Blocked`)}>
          <List size="sm" spacing={4}>
            {blockers.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        </Alert>
      ) : (
        <Text size="sm">{t(`periods.${kind}Text`, { name, count: usage.eventCount })}</Text>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t(blockers.length > 0 ? 'common:action.close' : 'common:action.cancel')}
        </Button>
        {blockers.length === 0 && (
          <Button
            color={kind === 'delete' ? 'red.8' : undefined}
            loading={step.isPending}
            onClick={confirm}
          >
            {t(`periods.${kind}`)}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
