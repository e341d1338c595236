import type { Contract } from './define';

export const offers = {} satisfies Contract;
