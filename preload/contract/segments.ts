import type { Contract } from './define';

export const segments = {} satisfies Contract;
