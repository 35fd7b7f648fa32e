/** The event a device shows, by its title, or the emergency message that it shows instead. */
import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getBroadcastOptions, getEventOptions } from '@/api/generated/@tanstack/react-query.gen';
import { broadcastIdOf } from '@/api/shown-broadcasts';
import { lookOf } from '@/components/broadcasts/severity';
import { AnchorLink } from '@/components/ui/anchor-link';
import { EventTypeIcon } from '@/components/ui/event-type';

export function ShownEvent({ id }: { id: number | null }) {
  const { t } = useTranslation('infoscreens');
  if (id === null) return t('state.nothing');
  const broadcastId = broadcastIdOf(id);
  return broadcastId === null ? <Event id={id} /> : <Message id={broadcastId} />;
}

function Event({ id }: { id: number }) {
  const { t } = useTranslation('infoscreens');
  const { data: event, isError } = useQuery(getEventOptions({ path: { event_id: id } }));
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

function Message({ id }: { id: number }) {
  const { t } = useTranslation(['infoscreens', 'broadcasts']);
  const { data, isError } = useQuery(getBroadcastOptions({ path: { broadcast_id: id } }));
  if (isError) return t('state.deletedEvent');
  if (data === undefined) return '…';
  return (
    <Group gap={8} wrap="nowrap">
      <ThemeIcon size={20} radius="sm" variant="light" color={lookOf(data).color} aria-hidden>
        <IconSpeakerphone size={13} />
      </ThemeIcon>
      <AnchorLink
        to="/broadcasts/$broadcastId"
        params={{ broadcastId: String(id) }}
        size="sm"
        lineClamp={1}
      >
        {`${t(data.drill ? 'broadcasts:detail.titleDrill' : 'broadcasts:detail.title')}: ${data.message}`}
      </AnchorLink>
    </Group>
  );
}
