/** What every toast has: what was started on what, a fold, and a way to close it. */
import { ActionIcon, CloseButton, Collapse, Group, ThemeIcon } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tone } from '@/api/command-status';
import { COMMAND_ACTIONS } from './actions';
import classes from './command-tray.module.css';
import { useStartedTitle } from './started-title';
import type { Started } from './use-started-commands';

const COLORS = { open: 'indigo', good: 'teal', bad: 'red', neutral: 'gray' } as const;

type ToastFrameProps = {
  started: Started;
  tone: Tone;
  /** One line, always in sight. */
  status: ReactNode;
  /** Always in sight, below the status. */
  bar?: ReactNode;
  isNewest: boolean;
  onClose: () => void;
  /** Folded away where the toast is not the newest. */
  children?: ReactNode;
};

export function ToastFrame(props: ToastFrameProps) {
  const { started, tone, status, bar, isNewest, onClose, children } = props;
  const { t } = useTranslation(['commands', 'common']);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const bodyId = useId();
  const title = useStartedTitle()(started);
  const { icon: Glyph } = COMMAND_ACTIONS[started.action];
  const isOpen = chosen ?? isNewest;
  return (
    <article className={classes.toast} aria-label={title}>
      <Group gap={10} wrap="nowrap" align="flex-start">
        <ThemeIcon size={30} variant="light" color={COLORS[tone]} aria-hidden>
          <Glyph size={17} />
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <div className={classes.title}>{title}</div>
          {status}
        </div>
        <Group gap={2} wrap="nowrap">
          {children && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-expanded={isOpen}
              aria-controls={bodyId}
              aria-label={t('tray.details', { title })}
              onClick={() => setChosen(!isOpen)}
            >
              <IconChevronDown size={17} className={classes.chevron} data-open={!isOpen} />
            </ActionIcon>
          )}
          <CloseButton size={26} aria-label={t('tray.close', { title })} onClick={onClose} />
        </Group>
      </Group>
      <div className={classes.body}>
        {bar}
        {children && (
          <Collapse expanded={isOpen} id={bodyId}>
            {isOpen && children}
          </Collapse>
        )}
      </div>
    </article>
  );
}
