import type { Contract } from './define';

export const tasks = {} satisfies Contract;
