/** Opens the dialog in which a person gets a group's plan into their own calendar program. */
import { Button, Modal, Select, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryView } from '@/components/ui/query-view';
import { useCalendarFeeds } from '../api/use-calendar-feeds';
import type { GroupChoice } from '../event-target';
import { Subscription } from './subscription';

type SubscribeButtonProps = { groups: GroupChoice[]; groupId: number | null };

export function SubscribeButton({ groups, groupId }: SubscribeButtonProps) {
  const { t } = useTranslation(['subscription', 'common']);
  const [opened, { open, close }] = useDisclosure();
  const label = t('title');
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconCalendarShare size={16} />}
        onClick={open}
      >
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={label}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <Subscriptions groups={groups} first={groupId ?? groups[0]?.id ?? null} />
      </Modal>
    </>
  );
}

function Subscriptions({ groups, first }: { groups: GroupChoice[]; first: number | null }) {
  const { t } = useTranslation('subscription');
  const feeds = useCalendarFeeds();
  const [chosen, setChosen] = useState(first);
  const group = groups.find(({ id }) => id === chosen);
  return (
    <Stack gap="md">
      <Select
        label={t('group')}
        value={chosen === null ? null : String(chosen)}
        onChange={(value) => value !== null && setChosen(Number(value))}
        data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
        allowDeselect={false}
        searchable
      />
      {group !== undefined && (
        <QueryView query={feeds}>
          {(all) => (
            <Subscription
              key={group.id}
              group={group}
              feed={all.find(({ groupId }) => groupId === group.id) ?? null}
            />
          )}
        </QueryView>
      )}
    </Stack>
  );
}
