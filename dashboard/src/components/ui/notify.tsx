/** Success and failure of something a person did, as a toast. */
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './problem-text';

/** Failures carry a way out and stay longer than a confirmation. */
const FAILURE_MS = 10_000;

export function useNotify() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return useMemo(() => {
    const closeButtonProps = { 'aria-label': t('action.close') };
    return {
      success: (message: string) =>
        notifications.show({
          color: 'teal.8',
          icon: <IconCheck size={18} />,
          message,
          closeButtonProps,
        }),
      failure: (error: unknown) =>
        notifications.show({
          color: 'red.8',
          icon: <IconAlertTriangle size={18} />,
          title: t('state.errorTitle'),
          message: problemText(error),
          autoClose: FAILURE_MS,
          closeButtonProps,
        }),
    };
  }, [t, problemText]);
}
