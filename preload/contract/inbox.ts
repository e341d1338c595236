import type { Contract } from './define';

export const inbox = {} satisfies Contract;
