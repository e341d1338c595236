import type { Contract } from './define';

export const session = {} satisfies Contract;
