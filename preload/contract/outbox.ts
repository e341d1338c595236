import type { Contract } from './define';

export const outbox = {} satisfies Contract;
