import { setLinkCapable } from '@db/queries/phone-facts';
import { codeHolders, insertTap, linkSource, noteRead, setDiscount, setLinkState, tapsSince } from '@db/queries/taps';
import { DAY, type UtcMs } from '@domain/kernel';
import { discountOf, readClickTime } from '@domain/taps/judge';
import { readLinkCode } from '@domain/taps/link';
import type { LinkMark, RawClick } from '@ports/link-source';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

/** Clicks written at once: a few milliseconds, so the counter never waits. */
const AT_ONCE = 100;
/** How long a click may still turn out to have been a preview: until its text's receipt is here. */
const STILL_OPEN = 2 * DAY;
/** Nobody reads more of what a phone calls itself. */
const AGENT = 200;

/**
 * Reads what the shop's website wrote about clicks since the last look; nothing without a link source. Reading the same rows again
 * changes nothing. Returns how many clicks were new.
 */
export async function readTaps(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  const source = linkSource(ctx.db);
  if (source === null) return 0;
  let fresh = 0;
  for (let mark = markOf(source.mark); ; ) {
    const read = await ctx.linkSource.read(source.path, mark, signal);
    if (read.state !== 'fine') {
      if (ctx.db.tx((trx) => setLinkState(trx, read.state))) ctx.changed('campaigns');
      return fresh;
    }
    fresh += await take(ctx, source.path, read.clicks, read.mark);
    mark = read.mark;
    if (!read.more) break;
    signal?.throwIfAborted();
  }
  const changed = judgeAgain(ctx);
  if (source.state !== 'fine' || fresh > 0 || changed > 0) ctx.changed('campaigns', 'customers', 'reports', 'segments');
  return fresh;
}

const markOf = (json: string): LinkMark | null => (json === '{}' ? null : (JSON.parse(json) as LinkMark));

/** In small steps; the mark moves with the last of them, so that after a crash rows are read again, never left out. */
async function take(ctx: Ctx, path: string, clicks: readonly RawClick[], mark: LinkMark): Promise<number> {
  const { zone } = ctx.settings().shop;
  let unread = 0;
  const read: { code: string; at: UtcMs; agent: string }[] = [];
  for (const c of clicks) {
    const [code, at] = [readLinkCode(c.code), readClickTime(c.time, zone)];
    if (code === null || at === null) unread++;
    else read.push({ code, at, agent: c.agent.trim().slice(0, AGENT) });
  }
  let [fresh, strangers] = [0, 0];
  for (let i = 0; i === 0 || i < read.length; i += AT_ONCE) {
    const some = read.slice(i, i + AT_ONCE);
    const last = i + AT_ONCE >= read.length;
    const now = ctx.clock.now();
    ctx.db.tx((trx) => {
      const holders = new Map(codeHolders(trx, [...new Set(some.map((c) => c.code))]).map((h) => [h.code, h]));
      for (const c of some) {
        const holder = holders.get(c.code);
        if (!holder) {
          strangers++;
          continue;
        }
        const discounted = discountOf({ ...c, leftAt: holder.leftAt, deliveredAt: holder.deliveredAt });
        if (!insertTap(trx, { ...c, discounted, readAt: now })) continue;
        fresh++;
        if (discounted === null) setLinkCapable(trx, holder.customerId, 'yes', c.at);
      }
      // whoever chose another file meanwhile reads that one from its beginning
      if (last) noteRead(trx, { path, mark: JSON.stringify(mark), at: now, unread, strangers });
    });
    if (!last) await nextTurn();
  }
  return fresh;
}

/** Receipts come later than clicks: what looked like a tap may have been the phone looking at a text that just arrived, and the reverse. */
function judgeAgain(ctx: Ctx): number {
  const since = (ctx.clock.now() - STILL_OPEN) as UtcMs;
  const wrong = tapsSince(ctx.db, since, 2000).filter((t) => discountOf(t) !== t.discounted);
  if (wrong.length === 0) return 0;
  ctx.db.tx((trx) => {
    for (const t of wrong) {
      const why = discountOf(t);
      setDiscount(trx, t, why);
      if (why === null) setLinkCapable(trx, t.customerId, 'yes', t.at);
    }
  });
  return wrong.length;
}
