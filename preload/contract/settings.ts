import type { Contract } from './define';

export const settings = {} satisfies Contract;
