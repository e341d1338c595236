/** How far a file of clicks was read, so that the next look goes on there. Opaque to whoever keeps it. */
export interface LinkMark {
  readonly size: number;
  readonly modifiedAt: number;
  /** Tells another file under the same name from a longer one. */
  readonly head: string;
  readonly offset: number;
}

/** A row of the file, as it is written there. */
export interface RawClick {
  readonly code: string;
  readonly time: string;
  readonly agent: string;
}

export type LinkRead =
  | {
      readonly state: 'fine';
      readonly clicks: readonly RawClick[];
      readonly mark: LinkMark /** More is left: ask again at once. */;
      readonly more: boolean;
    }
  | { readonly state: 'gone' | 'unreadable' | 'no-columns' };

/**
 * Where clicks on the shop's own links come from. Only reads; may tell a click twice (whoever keeps them knows), never leaves one out.
 */
export interface LinkSource {
  read(path: string, from: LinkMark | null, signal?: AbortSignal): Promise<LinkRead>;
}
