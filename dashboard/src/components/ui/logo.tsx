import { ThemeIcon } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';

export function Logo({ size = 32 }: { size?: number }) {
  return (
    <ThemeIcon size={size} variant="filled" aria-hidden>
      <IconDeviceTv size={size * 0.58} stroke={1.8} />
    </ThemeIcon>
  );
}
