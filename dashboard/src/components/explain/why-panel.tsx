/** The drawer that answers *Warum?*: for which instant, and the answer for a group or for a device. */
import { Drawer, Stack, Text } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
import 'dayjs/locale/de';
import 'dayjs/locale/en-gb';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryView } from '@/components/ui/query-view';
import { ClientAnswer } from './client-answer';
import { GroupAnswer } from './group-answer';
import { type Explained, useClientExplanation, useGroupExplanation } from './use-explanation';
import { WhenPicker } from './when-picker';

type WhyPanelProps = { about: Explained; opened: boolean; onClose: () => void };

export function WhyPanel({ about, opened, onClose }: WhyPanelProps) {
  const { t, i18n } = useTranslation(['explain', 'common']);
  const [at, setAt] = useState<Date | null>(null);
  return (
    <DatesProvider
      settings={{ locale: i18n.language === 'en' ? 'en-gb' : 'de', firstDayOfWeek: 1 }}
    >
      <Drawer
        opened={opened}
        onClose={onClose}
        position="right"
        size={480}
        title={
          <Text component="span" fw={650} fz="lg">
            {t('title', { name: about.name })}
          </Text>
        }
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <Stack gap="lg">
          <WhenPicker at={at} onChange={setAt} />
          {about.kind === 'group' ? (
            <OfGroup id={about.id} at={at} />
          ) : (
            <OfClient uuid={about.uuid} at={at} />
          )}
        </Stack>
      </Drawer>
    </DatesProvider>
  );
}

function OfGroup({ id, at }: { id: number; at: Date | null }) {
  const explanation = useGroupExplanation(id, at);
  return <QueryView query={explanation}>{(found) => <GroupAnswer found={found} />}</QueryView>;
}

function OfClient({ uuid, at }: { uuid: string; at: Date | null }) {
  const explanation = useClientExplanation(uuid, at);
  return (
    <QueryView query={explanation}>
      {(found) => <ClientAnswer found={found} isNow={at === null} />}
    </QueryView>
  );
}
