import { resolve } from 'node:path';
import type { Trx } from '@db/open';
import type { LinkFact } from '@db/queries/replay-paths';
import { audit } from '@db/queries/staff';
import {
  campaignTaps,
  codeHolders,
  connectLinkSource,
  dropLinkSource,
  insertLinkCode,
  linkCodeOf,
  linkSource,
  tapTotals,
} from '@db/queries/taps';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId } from '@domain/kernel';
import { makeLinkCode, readLinkBase, SAMPLE_LINK_CODE } from '@domain/taps/link';
import type { Ctx, Session } from '../ctx';
import { readTaps } from './read';

/** How links stand: null = not connected, and then nothing in the app speaks of taps. */
export function linkSourceView(ctx: Ctx) {
  const source = linkSource(ctx.db);
  if (source === null) return null;
  const { mark: _mark, ...shown } = source;
  return { ...shown, ...tapTotals(ctx.db), example: `${source.base}${SAMPLE_LINK_CODE}` };
}

/**
 * Links in texts from now on, and the file of clicks that is read. The file is looked at first: one that cannot be read is refused.
 * @throws AppError taps.bad-base | taps.bad-file {why: gone | unreadable | no-columns}
 */
export async function connectLinks(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { base: string; path: string }): Promise<void> {
  const base = readLinkBase(input.base, ctx.settings().shop.website);
  const path = resolve(input.path);
  const look = await ctx.linkSource.read(path, null);
  if (look.state !== 'fine') throw new AppError('taps.bad-file', { why: look.state });
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    connectLinkSource(trx, { base, path, at });
    audit(trx, { at, staffId: session.staffId, action: 'links.connected' });
  });
  await readTaps(ctx);
}

/** No links and no taps any more. What was read is kept, for the day it is connected again, and shown nowhere. */
export function disconnectLinks(ctx: Ctx, session: Pick<Session, 'staffId'>): void {
  ctx.db.tx((trx) => {
    if (dropLinkSource(trx)) audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action: 'links.disconnected' });
  });
}

/** What stands before the code in `{link}`; null = there is no link to give. */
export const linkBase = (ctx: Ctx): string | null => linkSource(ctx.db)?.base ?? null;

/** The link of one person for one campaign, drawn once. Within the caller's transaction. */
export function issueLink(ctx: Ctx, trx: Trx, o: { campaignId: CampaignId; customerId: CustomerId }): string | null {
  const base = linkSource(trx)?.base ?? null;
  if (base === null) return null;
  const had = linkCodeOf(trx, o);
  if (had !== undefined) return base + had;
  for (;;) {
    const code = makeLinkCode(ctx.randomBytes);
    const link = { ...o, code, at: ctx.clock.now() };
    if (!insertLinkCode(trx, link)) continue;
    journalLink(ctx, link);
    return base + code;
  }
}

const toJournal = new WeakMap<Ctx['journal'], LinkFact[]>();

/** After the transaction around us, once however many links were drawn in it (as offers/codes.ts does with codes). */
function journalLink(ctx: Ctx, link: LinkFact): void {
  const waiting = toJournal.get(ctx.journal);
  if (waiting) {
    waiting.push(link);
    return;
  }
  const mine = [link];
  toJournal.set(ctx.journal, mine);
  queueMicrotask(() => {
    toJournal.delete(ctx.journal);
    try {
      const held = new Set(
        codeHolders(
          ctx.db,
          mine.map((l) => l.code),
        ).map((h) => h.code),
      );
      const links = mine.filter((l) => held.has(l.code));
      if (links.length > 0) ctx.journal.append([{ kind: 'links', at: ctx.clock.now(), row: { links } }]);
    } catch (error) {
      ctx.log.error('journal of links', error);
    }
  });
}

/** What came of a campaign's links; null where nothing could tell. */
export const tapsOfCampaign = (ctx: Ctx, id: CampaignId) => campaignTaps(ctx.db, id);
