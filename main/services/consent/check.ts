import { ledgerHead } from '@db/queries/consent';
import { readMeta, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import type { TaskId, UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { type LedgerCheck, type LedgerFault, verifyLedger } from './verify';

/** What the last check of the whole ledger said. */
export interface LedgerChecked {
  at: UtcMs;
  ok: boolean;
  events: number;
  head: string;
  faults: LedgerFault[];
  /** Nothing was written since. */
  current: boolean;
}

const META = 'consent-check';

export function lastCheck(ctx: Pick<Ctx, 'db'>): LedgerChecked | null {
  const said = readMeta(ctx.db, META);
  if (said === null) return null;
  const check = JSON.parse(said) as Omit<LedgerChecked, 'current'>;
  return { ...check, current: (ledgerHead(ctx.db)?.hash ?? check.head) === check.head };
}

/** Checks every event, link and proof, as a task; the result is kept and printed with every proof. */
export function checkLedger(ctx: Ctx, session: Pick<Session, 'staffId'>): { task: TaskId } {
  const task = ctx.tasks.start(
    'privacy.verify',
    'Checking the permission records',
    async () => {
      const at = ctx.clock.now();
      const check: LedgerCheck = await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: at });
      const { ok, events, head, faults } = check;
      ctx.db.tx((trx) => {
        writeMeta(trx, META, JSON.stringify({ at, ok, events, head, faults }));
        if (!ok) audit(trx, { at, staffId: session.staffId, action: 'privacy.ledger-wrong', detail: { faults: faults.length } });
      });
      ctx.changed('consent');
      return { ok, events };
    },
    { exclusive: true },
  );
  return { task };
}
