import type { Notice } from '@domain/sources/notice';

/** Tells whoever is at the screen, or, when the window is not in front, through the system's own notifications. */
export interface Notices {
  tell(notice: Notice): void;
}
