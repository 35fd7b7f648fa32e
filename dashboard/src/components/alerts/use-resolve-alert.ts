import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resolveAlertMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';
import { useNotify } from '@/components/ui/notify';

const ALERTS = new Set(['alerts'] as const);

export function useResolveAlert() {
  const { t } = useTranslation('alerts');
  const queryClient = useQueryClient();
  const notify = useNotify();
  return useMutation({
    ...resolveAlertMutation(),
    onSuccess: () => notify.success(t('resolved')),
    onError: notify.failure,
    onSettled: () => refreshAfter(queryClient, ALERTS),
  });
}
