import type { Contract } from './define';

export const consent = {} satisfies Contract;
