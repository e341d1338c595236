import type { Ctx } from '../ctx';

/** What depends on sales and must follow them: who is credited with which sale. */
export async function recomputeAfterSales(ctx: Ctx): Promise<void> {
  void ctx;
}
