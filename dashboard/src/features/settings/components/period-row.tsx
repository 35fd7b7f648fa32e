import { ActionIcon, Badge, Button, Group, Menu, Paper, Text, Title } from '@mantine/core';
import {
  IconArchive,
  IconArrowBackUp,
  IconDots,
  IconPencil,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Period } from '@/api/types';
import { AnchorLink } from '@/components/ui/anchor-link';
import { useNotify } from '@/components/ui/notify';
import { formatDays } from '@/lib/days';
import { useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { useRestorePeriod } from '../api/use-period-steps';
import type { PeriodStep } from './period-step-dialog';
import classes from './settings.module.css';

type PeriodRowProps = {
  period: Period;
  /** How many it has; not known while they load. */
  holidays: number | undefined;
  onEdit: () => void;
  onStep: (step: PeriodStep) => void;
};

export function PeriodRow({ period, holidays, onEdit, onStep }: PeriodRowProps) {
  const { t } = useTranslation('settings');
  const { locale } = useTimeFormat();
  const canEdit = useCan('admin');
  const { id, name, displayName, isActive, isArchived } = period;
  return (
    <Paper
      component="li"
      withBorder
      bg="var(--app-raised)"
      className={classes.period}
      data-active={isActive || undefined}
      data-archived={isArchived || undefined}
      aria-label={name}
    >
      <div className={classes.periodName}>
        <Group gap="xs">
          <Title order={2} fz={16} fw={650}>
            {name}
          </Title>
          {isActive && <Badge color="teal">{t('periods.active')}</Badge>}
          {isArchived && <Badge color="gray">{t('periods.archived')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {[t(`periods.type.${period.periodType}`), displayName].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Text size="sm" className={`tabular ${classes.periodDays}`}>
        {formatDays(period.startDate, period.endDate, locale)}
      </Text>
      <Text size="sm" className={classes.periodHolidays}>
        <AnchorLink
          to="/settings"
          search={{ focus: 'holidays', period: id }}
          aria-disabled={isArchived || undefined}
        >
          {holidays === undefined ? ' ' : t('periods.holidays', { count: holidays })}
        </AnchorLink>
      </Text>
      {canEdit && (
        <Group gap="xs" className={classes.periodActions} wrap="nowrap">
          {!isArchived && !isActive && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlayerPlay size={15} />}
              onClick={() => onStep('activate')}
            >
              {t('periods.activate')}
            </Button>
          )}
          {isArchived && <RestoreButton period={period} />}
          <Menu>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('periods.actions', { name })}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {isArchived ? (
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash size={16} />}
                  onClick={() => onStep('delete')}
                >
                  {t('periods.delete')}
                </Menu.Item>
              ) : (
                <>
                  <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
                    {t('periods.edit')}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconArchive size={16} />}
                    onClick={() => onStep('archive')}
                  >
                    {t('periods.archive')}
                  </Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        </Group>
      )}
    </Paper>
  );
}

function RestoreButton({ period: { id, name } }: { period: Period }) {
  const { t } = useTranslation('settings');
  const notify = useNotify();
  const restore = useRestorePeriod();
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconArrowBackUp size={15} />}
      loading={restore.isPending}
      onClick={() =>
        restore.mutate(
          { path: { period_id: id } },
          {
            onSuccess: () => notify.success(t('periods.restored', { name })),
            onError: notify.failure,
          },
        )
      }
    >
      {t('periods.restore')}
    </Button>
  );
}
