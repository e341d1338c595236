import type { Contract } from './define';

export const customers = {} satisfies Contract;
