import { DONE } from '@contract/primitives';
import type { tillCheck } from '@contract/till-check';
import { settleReceipt, tillCheckReport, tillCheckRows } from '@services/results/till-check';
import { shownRow, tillCheckCsv } from '@services/results/till-check-file';
import { sayTillNames, tillNames } from '@services/results/till-names';
import type { HandlersFor } from '../handler';

export const tillCheckHandlers = {
  'till-check/report': (ctx, { days }) => tillCheckReport(ctx, days),
  'till-check/rows': (ctx, { offset, limit, ...filter }) => {
    const rows = tillCheckRows(ctx, filter);
    return { total: rows.length, rows: rows.slice(offset, offset + limit).map(shownRow) };
  },
  'till-check/export': (ctx, filter) => tillCheckCsv(ctx, filter),
  'till-check/names': (ctx) => tillNames(ctx),
  'till-check/say': (ctx, { names }, session) => {
    sayTillNames(ctx, session, names);
    return DONE;
  },
  'till-check/settle': (ctx, { saleId, why }, session) => {
    settleReceipt(ctx, session, saleId, why);
    return DONE;
  },
} satisfies HandlersFor<typeof tillCheck>;
