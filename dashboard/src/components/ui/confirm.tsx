/** The question before something is lost; `children` names what. */
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';

type Question = {
  title: string;
  children: ReactNode;
  confirm: string;
  onConfirm: () => void;
};

export function useConfirmLoss() {
  const { t } = useTranslation();
  return useCallback(
    ({ title, children, confirm, onConfirm }: Question) =>
      modals.openConfirmModal({
        title,
        children: (
          <Text size="sm" component="div">
            {children}
          </Text>
        ),
        labels: { confirm, cancel: t('action.cancel') },
        confirmProps: { color: 'red.8' },
        closeButtonProps: { 'aria-label': t('action.close') },
        onConfirm,
      }),
    [t],
  );
}
