import {
  IconActivityHeartbeat,
  IconBell,
  IconCalendarEvent,
  IconDeviceTv,
  IconLayoutDashboard,
  IconLayoutKanban,
  IconLayoutList,
  IconPhotoVideo,
  IconSettings,
  IconSpeakerphone,
} from '@tabler/icons-react';

/** The sidebar, from top to bottom. `role` is the least one that sees the entry; texts: common.json `nav`. */
export const NAV_ENTRIES = [
  { to: '/', text: 'overview', icon: IconLayoutDashboard, role: 'user' },
  { to: '/events', text: 'events', icon: IconCalendarEvent, role: 'user' },
  { to: '/resources', text: 'resources', icon: IconLayoutList, role: 'user' },
  { to: '/groups', text: 'groups', icon: IconLayoutKanban, role: 'admin' },
  { to: '/infoscreens', text: 'infoscreens', icon: IconDeviceTv, role: 'admin' },
  { to: '/alerts', text: 'alerts', icon: IconBell, role: 'admin' },
  { to: '/media', text: 'media', icon: IconPhotoVideo, role: 'editor' },
  { to: '/broadcasts', text: 'broadcasts', icon: IconSpeakerphone, role: 'admin' },
  { to: '/monitoring', text: 'monitoring', icon: IconActivityHeartbeat, role: 'superadmin' },
  { to: '/settings', text: 'settings', icon: IconSettings, role: 'user' },
] as const;
