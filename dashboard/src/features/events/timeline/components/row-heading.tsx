/** A group's name at the left, with its devices, and for who may order the rows a grip and two buttons. */
import { ActionIcon, Badge } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../rows';
import type { RowMove } from '../use-row-drag';
import classes from './timeline.module.css';

type RowHeadingProps = {
  row: TimelineRow;
  index: number;
  count: number;
  onGrip?: (down: PointerEvent, index: number) => void;
  onMove?: (move: RowMove) => void;
};

export function RowHeading({ row, index, count, onGrip, onMove }: RowHeadingProps) {
  const { t } = useTranslation('resources');
  const { name } = row.group;
  return (
    <div className={classes.heading}>
      {onGrip !== undefined && (
        <span
          className={classes.grip}
          title={t('drag')}
          onPointerDown={(down) => onGrip(down, index)}
          aria-hidden
        >
          <IconGripVertical size={16} />
        </span>
      )}
      <span className={classes.name} title={name}>
        {name}
      </span>
      <Devices devices={row.devices} />
      {onMove !== undefined && (
        <span className={classes.order}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            disabled={index === 0}
            aria-label={t('up', { name })}
            onClick={() => onMove({ from: index, to: index - 1 })}
          >
            <IconChevronUp size={15} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            disabled={index === count - 1}
            aria-label={t('down', { name })}
            onClick={() => onMove({ from: index, to: index + 1 })}
          >
            <IconChevronDown size={15} />
          </ActionIcon>
        </span>
      )}
    </div>
  );
}

function Devices({ devices }: Pick<TimelineRow, 'devices'>) {
  const { t } = useTranslation('resources');
  if (devices === null || devices.total === 0) return null;
  const { online, total } = devices;
  const color = online === total ? 'teal' : online === 0 ? 'red' : 'orange';
  return (
    <Badge color={color} className={classes.devices} title={t('online', { online, total })}>
      {`${online}/${total}`}
    </Badge>
  );
}
