import type { MantineColorsTuple } from '@mantine/core';

/** Greys of the dark scheme, slightly blue: 8 is the canvas, 7 header and sidebar, 6 cards, 4 borders. */
export const dark: MantineColorsTuple = [
  '#d9dce2',
  '#bcc2cb',
  '#a3abb7',
  '#6b7482',
  '#3d444e',
  '#30363f',
  '#24282e',
  '#1d2025',
  '#16181c',
  '#101216',
];

/** Soft tints used by badges, icon tiles and selected entries. */
export const TINTED_COLORS = [
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'pink',
  'grape',
  'violet',
] as const;
