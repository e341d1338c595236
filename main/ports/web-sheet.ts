import type { LinkTrouble, SheetLink } from '@domain/sources/web-link';

export interface SheetRequest {
  url: string;
  /** Places the owner allowed (main/domain/sources/web-link.ts `placeOf`); the first answer from anywhere else is refused. */
  hosts: readonly string[];
  /** What the server said of the version we know; it may then answer "the same". */
  etag: string | null;
  modified: string | null;
  /** Where the file is written. Nothing is left there unless the answer is 'new'. */
  target: string;
}

export type SheetAnswer =
  | { kind: 'same' }
  | { kind: 'new'; hash: string; bytes: number; etag: string | null; modified: string | null }
  /** The link leads to a host nobody allowed yet; nothing was asked of it. */
  | { kind: 'other-host'; host: string };

/**
 * Fetches a list that is published on the web, and nothing else: https only, public addresses only, no cookies, nothing sent along,
 * limits on size and time.
 */
export interface WebSheet {
  /** The link as it would be asked, or why it would not. */
  read(text: string): SheetLink | LinkTrouble;
  /** Throws AppError sheet.unreachable | sheet.refused-address | sheet.sign-in | sheet.gone | sheet.not-csv | sheet.too-big | sheet.too-slow | sheet.not-https */
  fetch(request: SheetRequest, signal?: AbortSignal): Promise<SheetAnswer>;
}
