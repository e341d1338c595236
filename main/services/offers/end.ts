import type { Db, Trx } from '@db/open';
import { codeRow, countCalledOff, countOpenCodes, openCodes, voidCode } from '@db/queries/offer-codes';
import { offerById } from '@db/queries/offers';
import { readMeta, removeMeta, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { CampaignId, OfferId, StaffId, UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { openGiftCount } from './gift';

/** Whose codes: of a campaign that is called off, or all of an offer. */
export type WhoseCodes = { campaignId: CampaignId } | { offerId: OfferId };

const A_FEW = 200;

/** How many codes people may still come with; of a campaign also those of what follows it. */
export const openCodeCount = (ctx: Ctx, of: WhoseCodes): number =>
  'campaignId' in of ? openGiftCount(ctx.db, of.campaignId, ctx.clock.now()) : countOpenCodes(ctx.db, of, ctx.clock.now());

/** A calling-off that was decided and may not be through: kept in the file until the last code is called off. */
interface CallingOff {
  of: WhoseCodes;
  at: UtcMs;
  staffId: StaffId | null;
}
const MEMORY = 'codes-calling-off';

const underWay = (db: Db): CallingOff[] => JSON.parse(readMeta(db, MEMORY) ?? '[]') as CallingOff[];

function keep(trx: Trx, all: readonly CallingOff[]): void {
  if (all.length === 0) removeMeta(trx, MEMORY);
  else writeMeta(trx, MEMORY, JSON.stringify(all));
}

const sameCodes = (a: WhoseCodes, b: WhoseCodes): boolean =>
  'campaignId' in a ? 'campaignId' in b && a.campaignId === b.campaignId : 'offerId' in b && a.offerId === b.offerId;

/** Decides that these codes are called off: in the transaction of what decides it, so that a crash right after leaves no half of it. */
export function decideCallingOff(ctx: Ctx, trx: Trx, session: Session, whose: readonly WhoseCodes[]): void {
  const all = underWay(trx);
  const { staffId } = session;
  for (const of of whose) if (!all.some((c) => sameCodes(c.of, of))) all.push({ of, at: ctx.clock.now(), staffId });
  keep(trx, all);
}

/**
 * Calls off every code that is still good; what was redeemed stays. A little at a time, so that nobody at the counter waits; cut off in
 * between, it goes on by itself (`goOnCallingOff`). The journal knows it first: a restored copy calls them off too.
 */
export async function callOffCodes(ctx: Ctx, session: Session, of: WhoseCodes): Promise<number> {
  if ('offerId' in of && !offerById(ctx.db, of.offerId)) throw new AppError('offer.not-found');
  ctx.db.tx((trx) => decideCallingOff(ctx, trx, session, [of]));
  const decided = underWay(ctx.db).find((c) => sameCodes(c.of, of));
  return decided ? carryOut(ctx, decided) : 0;
}

/** Brings to an end what was decided and cut off. Returns how many codes were called off. */
export async function goOnCallingOff(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  let n = 0;
  for (const c of underWay(ctx.db)) {
    if (signal?.aborted) return n;
    n += await carryOut(ctx, c, signal);
  }
  return n;
}

async function carryOut(ctx: Ctx, { of, at, staffId }: CallingOff, signal?: AbortSignal): Promise<number> {
  const why = 'campaignId' in of ? 'campaign' : 'owner';
  const any = countOpenCodes(ctx.db, of, at) > 0;
  if (any) ctx.journal.append([{ kind: 'codes-voided', at, row: { ...of, why } }]);
  let n = 0;
  for (let after = ''; any; ) {
    const codes = openCodes(ctx.db, of, { now: at, after, limit: A_FEW });
    if (codes.length === 0) break;
    const before = n;
    ctx.db.tx((trx) => {
      for (const code of codes) if (voidCode(trx, code, at, why)) n++;
    });
    if (n === before) break;
    after = codes.at(-1) ?? after;
    await nextTurn();
    if (signal?.aborted) return n;
  }
  const [kind, id] = 'campaignId' in of ? ['campaign', of.campaignId] : ['offer', of.offerId];
  ctx.db.tx((trx) => {
    const all = underWay(trx);
    const left = all.filter((c) => !sameCodes(c.of, of));
    // brought to its end by somebody else meanwhile: told once
    if (left.length === all.length) return;
    keep(trx, left);
    const codes = countCalledOff(trx, of, at);
    if (codes > 0) audit(trx, { at, staffId, action: 'offer.called-off', subject: String(id), detail: { [kind]: id, codes } });
  });
  if (n > 0) ctx.changed('offers', 'customers');
  return n;
}

/** Calls off one code: lost, or given out by mistake. Throws `offer.code-unknown`; one that is used or over stays what it is. */
export function callOffCode(ctx: Ctx, session: Session, code: string): void {
  const at = ctx.clock.now();
  if (!codeRow(ctx.db, code)) throw new AppError('offer.code-unknown');
  const done = ctx.db.tx((trx) => {
    if (!voidCode(trx, code, at, 'owner')) return false;
    audit(trx, { at, staffId: session.staffId, action: 'offer.called-off', subject: code, detail: { codes: 1 } });
    return true;
  });
  if (!done) throw new AppError('offer.code-used', { at: 0 });
  ctx.journal.append([{ kind: 'codes-voided', at, row: { code, why: 'owner' } }]);
}
