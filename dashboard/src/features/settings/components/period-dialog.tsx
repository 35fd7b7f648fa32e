/** A new period, or one as it was when the dialog opened; a newer state is offered, not put under a person's hands. */
import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { zPeriodAnswer } from '@/api/generated/zod.gen';
import { ApiProblem } from '@/api/problem';
import type { Period } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useChangePeriod, useCreatePeriod } from '../api/use-period-steps';
import { bodyOf, NEW_PERIOD, type PeriodFields, PeriodForm } from './period-form';

export type PeriodTarget = { kind: 'new' } | { kind: 'edit'; period: Period };

type PeriodDialogProps = {
  about: PeriodTarget | null;
  opened: boolean;
  turn: number;
  close: () => void;
};

export function PeriodDialog({ about, opened, turn, close }: PeriodDialogProps) {
  const { t } = useTranslation(['settings', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={about && t(about.kind === 'new' ? 'periods.newTitle' : 'periods.editTitle')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {about?.kind === 'new' && <NewPeriod key={turn} onClose={close} />}
      {about?.kind === 'edit' && <EditPeriod key={turn} period={about.period} onClose={close} />}
    </Modal>
  );
}

function NewPeriod({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const notify = useNotify();
  const create = useCreatePeriod();
  return (
    <PeriodForm
      initial={NEW_PERIOD}
      submitLabel={t('periods.create')}
      isBusy={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={(fields) =>
        create.mutate(
          { body: bodyOf(fields) },
          {
            onSuccess: ({ period }) => {
              notify.success(t('periods.created', { name: period.name }));
              onClose();
            },
          },
        )
      }
    />
  );
}

function currentPeriod(error: unknown): Period | null {
  if (!(error instanceof ApiProblem) || error.code !== 'stale_version') return null;
  return zPeriodAnswer.safeParse(error.details).data ?? null;
}

function EditPeriod({ period, onClose }: { period: Period; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const notify = useNotify();
  const change = useChangePeriod();
  const [base, setBase] = useState(period);
  const newer = currentPeriod(change.error);

  const save = (fields: PeriodFields) =>
    change.mutate(
      { path: { period_id: base.id }, body: { ...bodyOf(fields), version: base.version } },
      {
        onSuccess: ({ period: { name } }) => {
          notify.success(t('periods.saved', { name }));
          onClose();
        },
      },
    );

  return (
    <Stack gap="md">
      {newer !== null && (
        <Alert color="orange" icon={<IconInfoCircle />} role="status">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('stale')}</Text>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                change.reset();
                setBase(newer);
              }}
            >
              {t('loadNew')}
            </Button>
          </Stack>
        </Alert>
      )}
      <PeriodForm
        key={base.version}
        initial={{ ...base, displayName: base.displayName ?? '' }}
        submitLabel={t('common:action.save')}
        isBusy={change.isPending}
        error={newer === null ? change.error : null}
        onCancel={onClose}
        onSubmit={save}
      />
    </Stack>
  );
}
