import type { Contract } from './define';

export const backups = {} satisfies Contract;
