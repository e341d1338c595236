import type { Contract } from './define';

export const reports = {} satisfies Contract;
