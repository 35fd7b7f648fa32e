/** What a device can be told to do: the icon, the endpoint, and whether the page asks before. */
import { IconAppWindow, IconPlugConnected, IconPower, IconRefresh } from '@tabler/icons-react';
import { restartClient, restartClientApp, shutClientDown } from '@/api/generated/sdk.gen';
import type { CommandAction } from '@/api/types';

export const COMMAND_ACTIONS = {
  reboot_host: { icon: IconRefresh, send: restartClient, asks: true },
  restart_app: { icon: IconAppWindow, send: restartClientApp, asks: false },
  shutdown_host: { icon: IconPower, send: shutClientDown, asks: true },
  power_cycle: { icon: IconPlugConnected, send: null, asks: true },
} as const satisfies Record<CommandAction, object>;

/** In the order in which they are offered. */
export const OFFERED_ACTIONS = ['reboot_host', 'restart_app', 'shutdown_host'] as const;

export type OfferedAction = (typeof OFFERED_ACTIONS)[number];
