import type { Contract } from './define';

export const counter = {} satisfies Contract;
