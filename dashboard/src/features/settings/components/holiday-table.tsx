import { ActionIcon, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Holiday } from '@/api/types';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';
import { countDays, formatDay, formatDays } from '@/lib/days';
import { useTimeFormat } from '@/lib/school-time';
import { useDeleteHoliday } from '../api/use-holiday-steps';
import classes from './settings.module.css';

type HolidayTableProps = { holidays: Holiday[]; onEdit?: (holiday: Holiday) => void };

export function HolidayTable({ holidays, onEdit }: HolidayTableProps) {
  const { t } = useTranslation('settings');
  return (
    <Table highlightOnHover verticalSpacing={9} horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('holidays.name')}</Table.Th>
          <Table.Th>{t('holidays.days')}</Table.Th>
          <Table.Th className={classes.wide}>{t('holidays.length')}</Table.Th>
          <Table.Th className={classes.wide}>{t('holidays.region')}</Table.Th>
          {onEdit !== undefined && (
            <Table.Th>
              <VisuallyHidden>{t('holidays.actions')}</VisuallyHidden>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {holidays.map((holiday) => (
          <HolidayRow key={holiday.id} holiday={holiday} onEdit={onEdit} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

type HolidayRowProps = { holiday: Holiday; onEdit?: (holiday: Holiday) => void };

function HolidayRow({ holiday, onEdit }: HolidayRowProps) {
  const { t } = useTranslation('settings');
  const { locale } = useTimeFormat();
  const { name, startDate, endDate, region } = holiday;
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
      </Table.Td>
      <Table.Td className="tabular">
        <span className={classes.wideInline}>
          {formatDay(startDate, locale, { weekday: 'short' })}{' '}
        </span>
        {formatDays(startDate, endDate, locale)}
      </Table.Td>
      <Table.Td className={`tabular ${classes.wide}`}>
        {t('holidays.dayCount', { count: countDays(startDate, endDate) })}
      </Table.Td>
      <Table.Td className={classes.wide}>{region ?? '–'}</Table.Td>
      {onEdit !== undefined && (
        <Table.Td>
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('holidays.editLabel', { name })}
              onClick={() => onEdit(holiday)}
            >
              <IconPencil size={17} />
            </ActionIcon>
            <DeleteHolidayButton holiday={holiday} />
          </Group>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function DeleteHolidayButton({ holiday }: { holiday: Holiday }) {
  const { t } = useTranslation('settings');
  const { locale } = useTimeFormat();
  const confirmLoss = useConfirmLoss();
  const notify = useNotify();
  const remove = useDeleteHoliday();
  const { id, name, startDate, endDate } = holiday;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      loading={remove.isPending}
      aria-label={t('holidays.deleteLabel', { name })}
      onClick={() =>
        confirmLoss({
          title: t('holidays.deleteTitle'),
          children: t('holidays.deleteText', {
            name,
            days: formatDays(startDate, endDate, locale),
          }),
          confirm: t('holidays.delete'),
          onConfirm: () => remove.mutate({ path: { holiday_id: id } }, { onError: notify.failure }),
        })
      }
    >
      <IconTrash size={17} />
    </ActionIcon>
  );
}
