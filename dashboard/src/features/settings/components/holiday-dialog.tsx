import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Holiday, Period } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useAddHoliday, useChangeHoliday } from '../api/use-holiday-steps';
import { type HolidayFields, HolidayForm } from './holiday-form';

export type HolidayTarget =
  | { kind: 'new'; period: Period }
  | { kind: 'edit'; period: Period; holiday: Holiday };

type HolidayDialogProps = {
  about: HolidayTarget | null;
  opened: boolean;
  turn: number;
  close: () => void;
};

export function HolidayDialog({ about, opened, turn, close }: HolidayDialogProps) {
  const { t } = useTranslation(['settings', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={about && t(about.kind === 'new' ? 'holidays.newTitle' : 'holidays.editTitle')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {about?.kind === 'new' && <NewHoliday key={turn} period={about.period} onClose={close} />}
      {about?.kind === 'edit' && (
        <EditHoliday key={turn} period={about.period} holiday={about.holiday} onClose={close} />
      )}
    </Modal>
  );
}

const bodyOf = ({ name, startDate, endDate, region }: HolidayFields) => ({
  name,
  startDate,
  endDate: endDate === '' ? startDate : endDate,
  region: region.trim() || null,
});

function NewHoliday({ period, onClose }: { period: Period; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const notify = useNotify();
  const add = useAddHoliday();
  return (
    <HolidayForm
      initial={{ name: '', startDate: '', endDate: '', region: '' }}
      period={period}
      submitLabel={t('holidays.add')}
      isBusy={add.isPending}
      error={add.error}
      onCancel={onClose}
      onSubmit={(fields) =>
        add.mutate(
          { body: { ...bodyOf(fields), academicPeriodId: period.id } },
          {
            onSuccess: ({ name, outcome }) => {
              notify.success(t(`holidays.outcome.${outcome}`, { name }));
              onClose();
            },
          },
        )
      }
    />
  );
}

type EditHolidayProps = { period: Period; holiday: Holiday; onClose: () => void };

function EditHoliday({ period, holiday, onClose }: EditHolidayProps) {
  const { t } = useTranslation(['settings', 'common']);
  const notify = useNotify();
  const change = useChangeHoliday();
  return (
    <HolidayForm
      initial={{ ...holiday, region: holiday.region ?? '' }}
      period={period}
      submitLabel={t('common:action.save')}
      isBusy={change.isPending}
      error={change.error}
      onCancel={onClose}
      onSubmit={(fields) =>
        change.mutate(
          { path: { holiday_id: holiday.id }, body: bodyOf(fields) },
          {
            onSuccess: ({ name }) => {
              notify.success(t('holidays.saved', { name }));
              onClose();
            },
          },
        )
      }
    />
  );
}
