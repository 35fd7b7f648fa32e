/** What a file looks like, or the icon of its kind where there is no picture (yet). */
import { Center, ThemeIcon } from '@mantine/core';
import {
  IconFile,
  IconFileTypeHtml,
  IconFileTypePdf,
  IconFileTypePpt,
  IconPhoto,
  IconVideo,
} from '@tabler/icons-react';
import type { Media } from '@/api/types';
import classes from './media-thumbnail.module.css';

const ICONS = {
  slides: { icon: IconFileTypePpt, color: 'orange' },
  pdf: { icon: IconFileTypePdf, color: 'red' },
  video: { icon: IconVideo, color: 'grape' },
  picture: { icon: IconPhoto, color: 'teal' },
  page: { icon: IconFileTypeHtml, color: 'blue' },
  other: { icon: IconFile, color: 'indigo' },
} as const;

export type MediaSort = keyof typeof ICONS;

const SORTS: Record<string, MediaSort> = {
  pdf: 'pdf',
  ppt: 'slides',
  pptx: 'slides',
  odp: 'slides',
  mp4: 'video',
  webm: 'video',
  avi: 'video',
  mkv: 'video',
  mov: 'video',
  jpg: 'picture',
  jpeg: 'picture',
  png: 'picture',
  gif: 'picture',
  webp: 'picture',
  svg: 'picture',
  html: 'page',
};

export function mediaSort(kind: string): MediaSort {
  return SORTS[kind] ?? 'other';
}

export function MediaKindIcon({ kind, size = 28 }: { kind: string; size?: number }) {
  const { icon: Glyph, color } = ICONS[mediaSort(kind)];
  return (
    <ThemeIcon size={size} radius="sm" variant="light" color={color} aria-hidden>
      <Glyph size={size * 0.62} stroke={1.7} />
    </ThemeIcon>
  );
}

/** The name stands beside it, so the picture itself says nothing to a reader of the screen. */
export function MediaThumbnail({ media }: { media: Pick<Media, 'kind' | 'thumbnailUrl'> }) {
  if (media.thumbnailUrl !== null)
    return <img src={media.thumbnailUrl} alt="" loading="lazy" className={classes.picture} />;
  return (
    <Center className={classes.picture}>
      <MediaKindIcon kind={media.kind} />
    </Center>
  );
}
