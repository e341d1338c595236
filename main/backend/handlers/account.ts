import type { account } from '@contract/account';
import { DONE } from '@contract/primitives';
import { accountHealth, findingsAtConnect, notApproved, repairService, takeSeen } from '@services/account/health';
import { lookAtAccount } from '@services/account/look';
import { askUsage, comparedMonth, statement, statementFile } from '@services/account/statement';
import type { HandlersFor } from '../handler';

export const accountHandlers = {
  'account/health': (ctx) => accountHealth(ctx),
  'account/look': async (ctx) => {
    await lookAtAccount(ctx);
    return DONE;
  },
  'account/at-connect': async (ctx, input) => {
    const { findings, refuses, may } = await findingsAtConnect(ctx, ctx.backstage.carrierAccountFor, input);
    return { findings: findings.map((f) => ({ ...f, params: { ...f.params } })), refuses, may };
  },
  'account/repair': async (ctx, input) => {
    await repairService(ctx, input);
    return DONE;
  },
  'account/take-seen': (ctx, { what }) => {
    takeSeen(ctx, what);
    return DONE;
  },
  'account/not-approved': (ctx, _input, session) => {
    notApproved(ctx, session);
    return DONE;
  },
  'account/statement': async (ctx, page) => {
    const { months, total } = await statement(ctx, page);
    return { months: months.map((m) => ({ ...m, lines: [...m.lines], totals: [...m.totals] })), total };
  },
  'account/statement-csv': (ctx, words) => statementFile(ctx, words),
  'account/compared': (ctx, { month }) => {
    const c = comparedMonth(ctx, month);
    return c && { ...c, other: [...c.other] };
  },
  'account/ask-usage': async (ctx, { month }) => {
    await askUsage(ctx, month);
    return DONE;
  },
} satisfies HandlersFor<typeof account>;
