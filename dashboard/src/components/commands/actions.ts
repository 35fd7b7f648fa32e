/** What a device can be told to do: the icon, the endpoint, and whether the page asks before. */
import { IconAppWindow, IconPlugConnected, IconPower, IconRefresh } from '@tabler/icons-react';
import {
  cycleClientPower,
  restartClient,
  restartClientApp,
  shutClientDown,
} from '@/api/generated/sdk.gen';
import type { CommandAction } from '@/api/types';

export const COMMAND_ACTIONS = {
  reboot_host: { icon: IconRefresh, send: restartClient, asks: true },
  restart_app: { icon: IconAppWindow, send: restartClientApp, asks: false },
  shutdown_host: { icon: IconPower, send: shutClientDown, asks: true },
  power_cycle: { icon: IconPlugConnected, send: cycleClientPower, asks: true },
} as const satisfies Record<CommandAction, object>;

/** In the order in which they are offered; a switch acts on one device, and only where there is one. */
export const ACTIONS_OF_MANY = ['reboot_host', 'restart_app', 'shutdown_host'] as const;
export const ACTIONS_OF_ONE = [
  'reboot_host',
  'restart_app',
  'power_cycle',
  'shutdown_host',
] as const satisfies readonly CommandAction[];

export type ActionOfMany = (typeof ACTIONS_OF_MANY)[number];

export function canBeMany(action: CommandAction): action is ActionOfMany {
  return action !== 'power_cycle';
}
