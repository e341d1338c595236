import type { ErrorParams } from '@domain/errors';

/** Seconds to wait, as a refusal tells them. */
export const seconds = (p: ErrorParams): number => (typeof p['seconds'] === 'number' ? p['seconds'] : 60);
