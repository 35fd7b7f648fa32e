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
import type { EditTarget, EventTarget, GroupChoice } from '../event-target';
import { EditEvent } from './edit-event';
import { NewEvent } from './new-event';

const TITLES = {
  event: 'dialog.editTitle',
  series: 'dialog.editSeriesTitle',
  occurrence: 'dialog.editOneTitle',
} as const;

type EventDialogProps = {
  target: EventTarget | null;
  opened: boolean;
  /** Another one begins with fresh fields. */
  turn: number;
  groups: GroupChoice[];
  onOpen: (target: EditTarget) => void;
  onClose: () => void;
};

export function EventDialog(props: EventDialogProps) {
  const { target, opened, turn, groups, onOpen, onClose: close } = props;
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

  function afterQuestion(goOn: () => void) {
    if (!isDirty.current) return goOn();
    confirmLoss({
      title: t('dialog.discardTitle'),
      children: t('dialog.discard'),
      confirm: t('dialog.discardConfirm'),
      onConfirm: goOn,
    });
  }

  const closeAfterQuestion = () => afterQuestion(onClose);

  function openAnother(another: EditTarget) {
    afterQuestion(() => {
      isDirty.current = false;
      onOpen(another);
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
                target={target}
                groups={groups}
                defaults={given}
                onDirty={onDirty}
                onOpen={openAnother}
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
    return t(TITLES[target.scope]);
  }
}
