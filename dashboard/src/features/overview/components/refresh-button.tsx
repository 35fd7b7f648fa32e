import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '@/components/ui/notify';
import { useTimeFormat } from '@/lib/school-time';

export function RefreshButton({ onRefresh }: { onRefresh: () => Promise<unknown> }) {
  const { t } = useTranslation(['overview', 'common']);
  const format = useTimeFormat();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);

  async function refresh() {
    setBusy(true);
    try {
      await onRefresh();
      notify.success(t('refreshed', { time: format.time(new Date()) }));
    } catch (error) {
      notify.failure(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button
      variant="default"
      loading={busy}
      leftSection={<IconRefresh size={17} />}
      onClick={refresh}
    >
      {t('common:action.refresh')}
    </Button>
  );
}
