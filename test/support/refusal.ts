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

/** The same of something that takes a while. */
export async function refusalOf(work: Promise<unknown>): Promise<{ code: ErrorCode; params: Record<string, unknown> }> {
  const end = await work.then(
    () => null,
    (e: unknown) => ({ e }),
  );
  return refused(() => {
    if (end) throw end.e;
  });
}
