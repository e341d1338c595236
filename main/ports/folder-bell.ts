/**
 * Rings when something in a folder may have changed. Only a bell: who hears it looks for himself, and looks now and then without it
 * (network drives do not ring), so a missed or a needless ring does no harm.
 */
export interface FolderBell {
  /** Never throws for a folder that is not there; `close` ends it. */
  hang(folder: string, ring: () => void): Promise<{ close(): Promise<void> }>;
}
