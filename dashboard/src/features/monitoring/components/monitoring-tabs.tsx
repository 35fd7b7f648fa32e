/** The parts of the page, one at a time: below a table of a thousand rows nobody would find the others. */
import { ScrollArea, Tabs } from '@mantine/core';
import {
  IconBell,
  IconChartHistogram,
  IconDeviceTv,
  IconFileText,
  IconTerminal2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OpenAlertsBadge } from '@/components/alerts/open-alerts-badge';
import type { MonitoringPart } from '../search';
import classes from './monitoring.module.css';

const TABS = [
  { value: 'devices', icon: IconDeviceTv },
  { value: 'alerts', icon: IconBell },
  { value: 'charts', icon: IconChartHistogram },
  { value: 'logs', icon: IconFileText },
  { value: 'commands', icon: IconTerminal2 },
] as const;

type MonitoringTabsProps = {
  part: MonitoringPart;
  onPart: (part: MonitoringPart) => void;
  children: ReactNode;
};

export function MonitoringTabs({ part, onPart, children }: MonitoringTabsProps) {
  const { t } = useTranslation('monitoring');
  return (
    <Tabs
      value={part}
      keepMounted={false}
      onChange={(value) => onPart(TABS.find((each) => each.value === value)?.value ?? 'devices')}
    >
      <ScrollArea type="never">
        <Tabs.List className={classes.tabList}>
          {TABS.map(({ value, icon: Glyph }) => (
            <Tabs.Tab
              key={value}
              value={value}
              leftSection={<Glyph size={17} aria-hidden />}
              rightSection={value === 'alerts' ? <OpenAlertsBadge /> : undefined}
            >
              {t(`part.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </ScrollArea>
      <Tabs.Panel value={part} pt="md">
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
