import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { acknowledgeAlertMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';
import { useNotify } from '@/components/ui/notify';

const ALERTS = new Set(['alerts'] as const);

export function useAcknowledgeAlert() {
  const { t } = useTranslation('alerts');
  const queryClient = useQueryClient();
  const notify = useNotify();
  return useMutation({
    ...acknowledgeAlertMutation(),
    onSuccess: () => notify.success(t('acknowledged')),
    onError: notify.failure,
    onSettled: () => refreshAfter(queryClient, ALERTS),
  });
}
