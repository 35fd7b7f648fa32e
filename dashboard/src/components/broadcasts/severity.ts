/** How grave an emergency message is, in colours and icons; a drill looks the same whatever it exercises. */
import { IconAlertTriangle, IconInfoCircle, IconSchool, IconUrgent } from '@tabler/icons-react';
import type { Broadcast } from '@/api/types';

export const SEVERITIES = ['info', 'warning', 'critical'] as const;

const LOOKS = {
  info: { color: 'blue', icon: IconInfoCircle },
  warning: { color: 'orange', icon: IconAlertTriangle },
  critical: { color: 'red', icon: IconUrgent },
} as const;

export function lookOf({ severity, drill }: Pick<Broadcast, 'severity' | 'drill'>) {
  return drill ? ({ color: 'indigo', icon: IconSchool } as const) : LOOKS[severity];
}
