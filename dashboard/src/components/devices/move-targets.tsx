/** The groups a device can move to, as entries of a menu. */
import { Menu } from '@mantine/core';
import type { Group } from '@/api/types';

type MoveTargetsProps = { groups: Group[]; onPick: (group: Group) => void };

export function MoveTargets({ groups, onPick }: MoveTargetsProps) {
  return groups.map((group) => (
    <Menu.Item key={group.id} onClick={() => onPick(group)}>
      {group.name}
    </Menu.Item>
  ));
}
