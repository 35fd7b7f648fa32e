import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/session';

export function UnassignedNote({ isEmpty }: { isEmpty: boolean }) {
  const { t } = useTranslation('overview');
  const mayAssign = useCan('admin');
  return (
    <>
      <Text size="sm" c="dimmed" lh="22px">
        {t(isEmpty ? 'card.unassignedEmpty' : 'card.unassigned')}
      </Text>
      {mayAssign && (
        <Anchor component={Link} to="/groups" size="sm" lh="28px" display="inline-block">
          {t('card.assign')}
        </Anchor>
      )}
    </>
  );
}
