/** Where the conversion of a presentation stands; nothing where there is none to wait for. */
import { Badge, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';

const COLORS = { pending: 'blue', processing: 'blue', failed: 'red' } as const;

export function ConversionBadge({ conversion }: { conversion: Media['conversion'] }) {
  const { t } = useTranslation();
  if (conversion === null || conversion.status === 'ready') return null;
  const { status } = conversion;
  return (
    <Badge
      color={COLORS[status]}
      leftSection={status === 'processing' && <Loader size={10} color="currentColor" aria-hidden />}
    >
      {t(`conversion.${status}`)}
    </Badge>
  );
}
