import { z } from 'zod';
import { type Contract, command, query } from './define';
import { DoneZ, UtcMsZ } from './primitives';

const taskId = z.number().int().min(1);
const changes = ['inbox', 'outbox', 'customers', 'reports'] as const;

export const payLinks = {
  /** How the links to pay of these tasks stand; no sums, no addresses. */
  'pay-links/of': query({
    role: 'staff',
    input: z.object({ taskIds: z.array(taskId).max(200) }),
    output: z.array(
      z.object({
        taskId,
        /** `bought`: the till file shows a purchase since. */
        state: z.enum(['waits', 'left', 'failed', 'paid', 'bought']),
        at: UtcMsZ.nullable(),
        by: z.string().nullable(),
      }),
    ),
  }),
  /** Texts the link, copied from the till or the bank, in words of ours to whoever asked. */
  'pay-links/send': command({
    role: 'staff',
    input: z.object({ taskId, url: z.string().trim().min(1).max(300) }),
    output: z.object({ leavesAt: UtcMsZ.nullable() }),
    changes,
  }),
  'pay-links/paid': command({ role: 'staff', input: z.object({ taskId, paid: z.boolean() }), output: DoneZ, changes }),
} satisfies Contract;
