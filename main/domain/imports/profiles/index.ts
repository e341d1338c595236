import type { Profile } from '../profile';

const files = import.meta.glob<Record<string, Profile>>('./*/*.ts', { eager: true });

/** Every export we can read without asking: each file in this folder's folders, in the order of their names. */
export const PROFILES: readonly Profile[] = Object.keys(files)
  .sort()
  .flatMap((name) => Object.values(files[name] as Record<string, Profile>));
