/** Makes dnd-kit speak the person's language, and lets the keyboard step from column to column. */
import { Accessibility, defaultPreset, KeyboardSensor, PointerSensor } from '@dnd-kit/dom';
import type { DragEndEvent, DragOverEvent, DragStartEvent } from '@dnd-kit/react';
import { type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus, Group } from '@/api/types';

/** One press of an arrow key: a column with its gap sideways, half a card up and down. */
const STEP = { x: 320, y: 40 };

const sensors = [
  // The whole card can be dragged, not only its handle.
  PointerSensor.configure({ activatorElements: (source) => [source.element, source.handle] }),
  KeyboardSensor.configure({ offset: STEP }),
];

type Identified = { id: string | number } | null | undefined;

type Shown = RefObject<{ clients: ClientStatus[]; groups: Group[] }>;

export function useDragPlugins(shown: Shown) {
  const { t } = useTranslation('groups');

  const plugins = useMemo(() => {
    const device = (source: Identified) => {
      const client = shown.current.clients.find(({ uuid }) => uuid === source?.id);
      return { name: client ? clientName(client) : '' };
    };
    const column = (target: Identified) =>
      shown.current.groups.find(({ id }) => id === target?.id)?.name;

    const announcements = Accessibility.configure({
      screenReaderInstructions: { draggable: t('drag.instructions') },
      announcements: {
        dragstart: ({ operation: { source } }: DragStartEvent) => t('drag.start', device(source)),
        dragover: ({ operation: { source, target } }: DragOverEvent) => {
          const group = column(target);
          return group === undefined
            ? t('drag.overNothing', device(source))
            : t('drag.over', { ...device(source), group });
        },
        dragend: ({ operation: { source, target }, canceled }: DragEndEvent) => {
          const group = column(target);
          return canceled || group === undefined
            ? t('drag.cancelled', device(source))
            : t('drag.end', { ...device(source), group });
        },
      },
    });
    return [...defaultPreset.plugins.filter((plugin) => plugin !== Accessibility), announcements];
  }, [shown, t]);

  return { plugins, sensors };
}
