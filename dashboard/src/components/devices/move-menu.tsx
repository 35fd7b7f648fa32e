/** A button that opens the groups to move the ticked devices to. */
import { Button, Menu } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { MoveTargets } from './move-targets';

type MoveMenuProps = { groups: Group[]; onPick: (group: Group) => void };

export function MoveMenu({ groups, onPick }: MoveMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="top">
      <Menu.Target>
        <Button size="xs" rightSection={<IconArrowRight size={15} />}>
          {t('selection.moveTo')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
        <MoveTargets groups={groups} onPick={onPick} />
      </Menu.Dropdown>
    </Menu>
  );
}
