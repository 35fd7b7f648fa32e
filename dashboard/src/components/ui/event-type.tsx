/** One icon and one colour per kind of event, the same on cards and in the calendar. */
import { ThemeIcon, Tooltip } from '@mantine/core';
import {
  IconCalendarTime,
  IconDots,
  IconMessage,
  IconPlayerPlay,
  IconPresentation,
  IconWorld,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export const EVENT_TYPES = {
  presentation: { icon: IconPresentation, color: 'indigo' },
  video: { icon: IconPlayerPlay, color: 'grape' },
  website: { icon: IconWorld, color: 'teal' },
  webuntis: { icon: IconCalendarTime, color: 'blue' },
  message: { icon: IconMessage, color: 'orange' },
  other: { icon: IconDots, color: 'cyan' },
} as const;

export type EventType = keyof typeof EVENT_TYPES;

export function EventTypeIcon({ type, size = 22 }: { type: EventType; size?: number }) {
  const { t } = useTranslation();
  const { icon: Glyph, color } = EVENT_TYPES[type];
  const name = t(`eventType.${type}`);
  return (
    <Tooltip label={name}>
      <ThemeIcon size={size} radius="sm" variant="light" color={color} role="img" aria-label={name}>
        <Glyph size={size * 0.66} stroke={1.8} />
      </ThemeIcon>
    </Tooltip>
  );
}
