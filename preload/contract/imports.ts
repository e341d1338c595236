import type { Contract } from './define';

export const imports = {} satisfies Contract;
