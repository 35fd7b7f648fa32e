/** Asks before a command: names the devices and what happens to them, and for many of them wants a reason. */
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { useDialog } from '@/lib/use-dialog';
import { CommandForm } from './command-form';
import type { Terms, Wish } from './commands';

type CommandQuestionProps = {
  dialog: ReturnType<typeof useDialog<Wish>>;
  onStart: (wish: Wish, terms: Terms) => void;
};

export function CommandQuestion({ dialog, onStart }: CommandQuestionProps) {
  const { about: wish, opened, close, turn } = dialog;
  const title = useQuestionTitle();
  const { t } = useTranslation('common');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={wish === null ? '' : title(wish)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {wish !== null && (
        <CommandForm
          key={turn}
          wish={wish}
          onCancel={close}
          onStart={(terms) => {
            close();
            wish.onStart?.();
            onStart(wish, terms);
          }}
        />
      )}
    </Modal>
  );
}

function useQuestionTitle() {
  const { t } = useTranslation('commands');
  return ({ action, clients, group }: Wish): string => {
    const [first] = clients;
    if (clients.length === 1 && first !== undefined)
      return t(`ask.one.${action}`, { name: clientName(first) });
    const count = clients.length;
    return group === undefined
      ? t(`ask.many.${action}`, { count })
      : t(`ask.group.${action}`, { count, group });
  };
}
