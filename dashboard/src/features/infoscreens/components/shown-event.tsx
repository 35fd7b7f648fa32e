/** The event a device shows, by its title. */
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getEventOptions } from '@/api/generated/@tanstack/react-query.gen';
import { EventTypeIcon } from '@/components/ui/event-type';

export function ShownEvent({ id }: { id: number | null }) {
  const { t } = useTranslation('infoscreens');
  const { data: event, isError } = useQuery({
    ...getEventOptions({ path: { event_id: id ?? 0 } }),
    enabled: id !== null,
  });
  if (id === null) return t('state.nothing');
  if (isError) return t('state.deletedEvent');
  if (event === undefined) return '…';
  return (
    <Group gap={8} wrap="nowrap">
      <EventTypeIcon type={event.type} size={20} />
      <Text size="sm" component="span">
        {event.subject}
      </Text>
    </Group>
  );
}
