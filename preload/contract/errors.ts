import { ERROR_CODES } from '@domain/errors';
import { z } from 'zod';

export type { ErrorCode, ErrorParams } from '@domain/errors';

export const ErrorZ = z.object({
  code: z.enum(ERROR_CODES),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Only for 'bug': what "copy details" copies. Redacted before it leaves the backend. */
  details: z.string().optional(),
});
export type ErrorEnvelope = z.infer<typeof ErrorZ>;

/** What every call answers: never a thrown exception across a process edge. */
export type Envelope<T> = { ok: true; value: T } | { ok: false; error: ErrorEnvelope };
