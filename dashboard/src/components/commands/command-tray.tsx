/**
 * The toasts of what was started, in a corner over every page: the newest open, the others folded. Several can be
 * put away together; what happens meanwhile is told to a reader of the screen once, politely.
 */
import { ActionIcon, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandToast } from './command-toast';
import classes from './command-tray.module.css';
import { RolloutToast } from './rollout-toast';
import type { Started } from './use-started-commands';
import { useTrayHeight } from './use-tray-height';

type CommandTrayProps = {
  started: Started[];
  onClose: (key: number) => void;
  onCloseAll: () => void;
};

export function CommandTray({ started, onClose, onCloseAll }: CommandTrayProps) {
  const { t } = useTranslation('commands');
  const [isAway, setAway] = useState(false);
  const [news, setNews] = useState('');
  const tell = useCallback((text: string) => setNews(text), []);
  const tray = useTrayHeight<HTMLElement>(started.length > 0);
  const newest = started[0]?.key;

  return (
    <>
      <VisuallyHidden role="status">{news}</VisuallyHidden>
      {started.length > 0 && (
        <section ref={tray} className={classes.tray} aria-label={t('tray.label')}>
          {started.length > 1 && (
            <TrayHead
              count={started.length}
              isAway={isAway}
              onAway={() => setAway(!isAway)}
              onCloseAll={onCloseAll}
            />
          )}
          <div className={classes.toasts} hidden={isAway && started.length > 1}>
            {started.map((each) => {
              const Toast = each.names.length === 1 ? CommandToast : RolloutToast;
              return (
                <Toast
                  key={each.key}
                  started={each}
                  isNewest={each.key === newest}
                  onClose={() => onClose(each.key)}
                  onNews={tell}
                />
              );
            })}
          </div>
        </section>
      )}
    </>
  );
}

type TrayHeadProps = {
  count: number;
  isAway: boolean;
  onAway: () => void;
  onCloseAll: () => void;
};

function TrayHead({ count, isAway, onAway, onCloseAll }: TrayHeadProps) {
  const { t } = useTranslation('commands');
  return (
    <Group className={classes.head} justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm" fw={600}>
        {t('tray.count', { count })}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onCloseAll}>
          {t('tray.closeAll')}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-expanded={!isAway}
          aria-label={t('tray.fold')}
          onClick={onAway}
        >
          <IconChevronDown size={17} className={classes.chevron} data-open={!isAway} />
        </ActionIcon>
      </Group>
    </Group>
  );
}
