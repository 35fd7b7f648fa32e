/** What is said about a file under its name, and how it can be looked at. */
import type { TFunction } from 'i18next';
import type { Media } from '@/api/types';
import { mediaSort } from '@/components/ui/media-thumbnail';

const STEP = 1024;
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const SECONDS_OF_MINUTE = 60;

export function formatSize(bytes: number, locale: string): string {
  const power = Math.min(
    UNITS.length - 1,
    bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(STEP)),
  );
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power],
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / STEP ** power);
}

/** Seconds as `1:32`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const rest = String(whole % SECONDS_OF_MINUTE).padStart(2, '0');
  return `${Math.floor(whole / SECONDS_OF_MINUTE)}:${rest}`;
}

export function factsOf(media: Media, t: TFunction<'media'>, locale: string): string {
  const { kind, size, pageCount, duration, width, height } = media;
  const hasPixels = ['picture', 'video'].includes(mediaSort(kind));
  return [
    kind.toUpperCase(),
    formatSize(size, locale),
    pageCount === null ? null : t('facts.pages', { count: pageCount }),
    duration === null ? null : formatDuration(duration),
    hasPixels && width !== null && height !== null ? `${width} × ${height}` : null,
  ]
    .filter((fact) => fact !== null)
    .join(' · ');
}

export type Preview =
  | { how: 'picture' | 'video'; url: string }
  | { how: 'tab'; url: string }
  | { how: 'none' };

/** Browsers play these two; the others are for the screens. */
const PLAYABLE = new Set(['mp4', 'webm']);

export function previewOf({ kind, contentUrl, conversion }: Media): Preview {
  switch (mediaSort(kind)) {
    case 'picture':
      return { how: 'picture', url: contentUrl };
    case 'video':
      return PLAYABLE.has(kind) ? { how: 'video', url: contentUrl } : { how: 'none' };
    case 'slides': {
      const url = conversion?.pdfUrl ?? null;
      return url === null ? { how: 'none' } : { how: 'tab', url };
    }
    case 'pdf':
    case 'page':
      return { how: 'tab', url: contentUrl };
    default:
      return { how: 'none' };
  }
}
