import { AppError, type ErrorCode } from '@domain/errors';

/** The failure a step must end with; another kind of failure, or none, fails the test. */
export function refused(fn: () => unknown): { code: ErrorCode; params: Record<string, unknown> } {
  try {
    fn();
  } catch (e) {
    if (e instanceof AppError) return { code: e.code, params: { ...e.params } };
    throw e;
  }
  throw new Error('was not refused');
}

/** Its code alone. */
export const refusal = (fn: () => unknown): ErrorCode => refused(fn).code;
