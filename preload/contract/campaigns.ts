import type { Contract } from './define';

export const campaigns = {} satisfies Contract;
