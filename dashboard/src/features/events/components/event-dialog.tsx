/** The window around the form: what is edited, and the question before what was typed is lost. */
import { Modal } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
import 'dayjs/locale/de';
import 'dayjs/locale/en-gb';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useConfirmLoss } from '@/components/ui/confirm';
import { QueryView } from '@/components/ui/query-view';
import { useCan } from '@/lib/session';
import { useEventDefaults } from '../api/use-event-defaults';
import type { EventTarget, GroupChoice } from '../event-target';
import { EditEvent } from './edit-event';
import { NewEvent } from './new-event';

type EventDialogProps = {
  target: EventTarget | null;
  opened: boolean;
  /** Another one begins with fresh fields. */
  turn: number;
  groups: GroupChoice[];
  onClose: () => void;
};

export function EventDialog({ target, opened, turn, groups, onClose: close }: EventDialogProps) {
  const { t, i18n } = useTranslation(['events', 'common']);
  const canEdit = useCan('editor');
  const defaults = useEventDefaults();
  const confirmLoss = useConfirmLoss();
  const isDirty = useRef(false);
  const onDirty = (dirty: boolean) => {
    isDirty.current = dirty;
  };

  function onClose() {
    isDirty.current = false;
    close();
  }

  function closeAfterQuestion() {
    if (!isDirty.current) return onClose();
    confirmLoss({
      title: t('dialog.discardTitle'),
      children: t('dialog.discard'),
      confirm: t('dialog.discardConfirm'),
      onConfirm: onClose,
    });
  }

  return (
    <DatesProvider
      settings={{ locale: i18n.language === 'en' ? 'en-gb' : 'de', firstDayOfWeek: 1 }}
    >
      <Modal
        opened={opened}
        onClose={closeAfterQuestion}
        size="lg"
        title={titleOf()}
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <QueryView query={defaults}>
          {(given) =>
            target === null ? null : target.kind === 'new' ? (
              <NewEvent
                key={turn}
                target={target}
                groups={groups}
                defaults={given}
                onDirty={onDirty}
                onClose={onClose}
                onCancel={closeAfterQuestion}
              />
            ) : (
              <EditEvent
                key={turn}
                showing={target.showing}
                groups={groups}
                defaults={given}
                onDirty={onDirty}
                onClose={onClose}
                onCancel={closeAfterQuestion}
              />
            )
          }
        </QueryView>
      </Modal>
    </DatesProvider>
  );

  function titleOf() {
    if (target === null) return '';
    if (target.kind === 'new') return t('dialog.newTitle');
    if (!canEdit) return t('dialog.viewTitle');
    return t(target.showing.isRecurring ? 'dialog.editSeriesTitle' : 'dialog.editTitle');
  }
}
