import type { WrongFile } from '../profile';

const files = import.meta.glob<Record<string, WrongFile>>(['./*.ts', '!./index.ts'], { eager: true });

/**
 * Exports without receipts and people, by names only they have (facts/pos.md): better a word about the right file than a mapping
 * table.
 */
export const WRONG_FILES: readonly WrongFile[] = Object.keys(files)
  .sort()
  .flatMap((name) => Object.values(files[name] as Record<string, WrongFile>));
