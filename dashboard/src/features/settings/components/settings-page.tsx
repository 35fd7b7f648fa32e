import { ScrollArea, Tabs } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
import {
  IconBell,
  IconCalendarEvent,
  IconDeviceTv,
  IconPhotoVideo,
  IconPlayerPlay,
  IconServerCog,
} from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import 'dayjs/locale/de';
import 'dayjs/locale/en-gb';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/ui/page';
import { roleReaches, useSession } from '@/lib/session';
import type { SettingsTab } from '../search';
import { CalendarTab } from './calendar-tab';
import { DisplayTab } from './display-tab';
import { EventsTab } from './events-tab';
import { MediaTab } from './media-tab';
import { NotificationsTab } from './notifications-tab';
import classes from './settings.module.css';
import { SystemTab } from './system-tab';

const route = getRouteApi('/shell/settings');

const TABS = [
  { value: 'calendar', icon: IconCalendarEvent, role: 'user' },
  { value: 'events', icon: IconPlayerPlay, role: 'admin' },
  { value: 'display', icon: IconDeviceTv, role: 'admin' },
  { value: 'media', icon: IconPhotoVideo, role: 'admin' },
  { value: 'notifications', icon: IconBell, role: 'admin' },
  { value: 'system', icon: IconServerCog, role: 'superadmin' },
] as const;

const PANELS: Record<SettingsTab, ComponentType> = {
  calendar: CalendarTab,
  events: EventsTab,
  display: DisplayTab,
  media: MediaTab,
  notifications: NotificationsTab,
  system: SystemTab,
};

export function SettingsPage() {
  const { t, i18n } = useTranslation(['settings', 'common']);
  const { tab = 'calendar', focus } = route.useSearch();
  const navigate = route.useNavigate();
  const { role } = useSession();
  const offered = TABS.filter((each) => roleReaches(role, each.role));
  const wanted = focus === undefined ? tab : 'calendar';
  const shown = offered.find(({ value }) => value === wanted)?.value ?? 'calendar';
  const Panel = PANELS[shown];

  return (
    <DatesProvider
      settings={{ locale: i18n.language === 'en' ? 'en-gb' : 'de', firstDayOfWeek: 1 }}
    >
      <Page title={t('common:nav.settings')} subtitle={t('subtitle')}>
        <Tabs
          value={shown}
          keepMounted={false}
          onChange={(value) => {
            const next = offered.find((each) => each.value === value)?.value;
            navigate({ search: { tab: next === 'calendar' ? undefined : next } });
          }}
        >
          <ScrollArea type="never">
            <Tabs.List className={classes.tabList}>
              {offered.map(({ value, icon: Glyph }) => (
                <Tabs.Tab key={value} value={value} leftSection={<Glyph size={17} aria-hidden />}>
                  {t(`tab.${value}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </ScrollArea>
          <Tabs.Panel value={shown} pt="lg">
            <Panel />
          </Tabs.Panel>
        </Tabs>
      </Page>
    </DatesProvider>
  );
}
