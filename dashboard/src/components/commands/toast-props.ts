import type { Started } from './use-started-commands';

export type ToastProps = {
  started: Started;
  isNewest: boolean;
  onClose: () => void;
  /** A sentence for a reader of the screen. */
  onNews: (text: string) => void;
};
