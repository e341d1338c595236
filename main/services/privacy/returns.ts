import { keepAddress } from '@db/queries/consent';
import { forgetTillIds, whoGoes } from '@db/queries/erase';
import {
  answerReturn,
  anybodyErased,
  type Brought,
  erasedUnder,
  liftErasure,
  namelessRecords,
  noteReturn,
  openReturns,
  peopleOfImport,
  type ReturnRow,
  returnOf,
  tillIdsOf,
} from '@db/queries/privacy';
import { audit } from '@db/queries/staff';
import { addressHmac } from '@domain/consent/hmac';
import { stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import type { CustomerId, ImportId, PhoneE164, TaskId } from '@domain/kernel';
import { nextTurn } from '../chunks';
import { consentOf } from '../consent/read';
import type { Ctx, Session } from '../ctx';
import { eraseNow, erasePerson, tillHmac } from './erase';
import { finishErasures } from './finish';

const PAGE = 100;

/**
 * After an import: the till still knows people who were erased here. A new record under the very till id of one of them is erased
 * again at once; one that only has the same number or e-mail may be somebody else (numbers change hands), so the owner is asked.
 * Whoever came back by their own act is left alone. The stop holds in any case: it stands under the number's HMAC.
 */
export async function noticeErased(ctx: Ctx, importId: ImportId): Promise<{ again: number; asked: number }> {
  const counts = { again: 0, asked: 0 };
  if (!anybodyErased(ctx.db)) return counts;
  ctx.db.tx((trx) => {
    for (const nameless of namelessRecords(trx)) forgetTillIds(trx, nameless);
  });
  for (let after = 0; ; ) {
    const page = peopleOfImport(ctx.db, importId, after, PAGE);
    for (const p of page) {
      const what = lookAt(ctx, importId, p);
      if (what !== null) counts[what]++;
    }
    const last = page.at(-1);
    if (!last) break;
    after = last.id;
    await nextTurn();
  }
  if (counts.again > 0) await finishErasures(ctx, new AbortController().signal);
  if (counts.again + counts.asked > 0) {
    const at = ctx.clock.now();
    audit(ctx.db, { at, staffId: null, action: 'privacy.brought-again', subject: String(importId), detail: counts });
    ctx.changed('customers', 'consent', 'imports');
  }
  return counts;
}

function lookAt(ctx: Ctx, importId: ImportId, p: Brought): 'again' | 'asked' | null {
  const at = ctx.clock.now();
  const ownAct =
    p.phone !== null && ['in', 'pending'].includes(stateOf(consentOf(ctx.db, ctx.hmacKey, p.phone as PhoneE164, at), 'marketing'));
  for (const t of tillIdsOf(ctx.db, p.id)) {
    const hmac = tillHmac(ctx.hmacKey, t);
    const erasure = erasedUnder(ctx.db, 'till', hmac);
    if (erasure === null) continue;
    if (ownAct) {
      ctx.db.tx((trx) => liftErasure(trx, 'till', hmac, at));
      continue;
    }
    const who = whoGoes(ctx.db, p.id);
    if (!who) return null;
    eraseNow(ctx, null, who, erasure);
    return 'again';
  }
  const by = [
    ['sms', p.phone],
    ['email', p.email],
  ] as const;
  for (const [kind, address] of by) {
    if (address === null) continue;
    const hmac = addressHmac(ctx.hmacKey, address);
    const erasure = erasedUnder(ctx.db, kind, hmac);
    if (erasure === null) continue;
    if (ownAct) {
      ctx.db.tx((trx) => liftErasure(trx, kind, hmac, at));
      continue;
    }
    ctx.db.tx((trx) => {
      keepAddress(trx, address, hmac); // lists and groups know the stop again
      noteReturn(trx, { customerId: p.id, erasureId: erasure, importId, at });
    });
    return 'asked';
  }
  return null;
}

/** People a file brought who may be somebody that was erased. */
export const returned = (ctx: Ctx): ReturnRow[] => openReturns(ctx.db, 200);

/** The owner's answer: erase them again, or it is somebody else who has that number now. */
export function answerReturned(ctx: Ctx, session: Pick<Session, 'staffId'>, i: { id: CustomerId; same: boolean }): { task: TaskId | null } {
  const againOf = returnOf(ctx.db, i.id);
  if (againOf === null) throw new AppError('customer.not-found');
  if (i.same) return { task: erasePerson(ctx, session, { id: i.id, againOf }).task };
  ctx.db.tx((trx) => {
    if (!answerReturn(trx, i.id)) throw new AppError('customer.not-found');
    audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action: 'privacy.somebody-else', subject: String(i.id) });
  });
  return { task: null };
}
