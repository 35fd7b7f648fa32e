/** Says whether the page follows the server; a lost connection is not left to be guessed. */
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '@/lib/live-state';

const COLORS = { connecting: 'gray', live: 'teal', down: 'orange' } as const;

export function LiveBadge() {
  const { t } = useTranslation();
  const state = useLiveState();
  if (state === 'connecting') return null;
  return (
    <Badge variant="dot" color={COLORS[state]} size="sm" role="status">
      {t(`live.${state}`)}
    </Badge>
  );
}
