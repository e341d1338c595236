import { newestEventId } from '@db/queries/consent';
import { newestPersonId } from '@db/queries/customers';
import { lastImportAt } from '@db/queries/imports';
import { countBoth, listSegments, type SegmentRow } from '@db/queries/segments';
import { readMeta, writeMeta } from '@db/queries/settings';
import { shopDay } from '@domain/calendar';
import { type Suggestion, suggestionsFrom, WORTH } from '@domain/reports/week';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { factsNow, listGroups, resolveRule } from '../segments/segments';
import { MANY } from './kept';

const KEPT = 'suggestion-counts';

interface Kept {
  /** Shop day and last import; `now` also who was met and who said yes or no since. */
  mark: string;
  now: string;
  /** By the group's id, and the rule it was counted by. */
  counts: Record<string, { rule: string; count: number; permitted: number }>;
}

/**
 * Up to three groups somebody could text now. In a large shop each count takes some hundredths of a second: what was counted last is
 * shown at once, and counted anew in the background when a person, a permission, an import or the day has changed since.
 */
export async function suggestions(ctx: Ctx): Promise<Suggestion[]> {
  const groups = worth(ctx);
  const kept = newestPersonId(ctx.db) < MANY ? null : stored(ctx);
  const known = kept !== null && groups.every((g) => kept.counts[g.id]?.rule === JSON.stringify(g.rule));
  if (known && kept.now !== marks(ctx).now) inBackground(ctx);
  const { counts } = known ? kept : await countThem(ctx, groups);
  const { pricePerSegment } = ctx.settings().texting;
  return suggestionsFrom(
    groups.flatMap((g) => {
      const c = counts[g.id];
      return c ? [{ id: g.id, readyMade: g.readyMade, name: g.name, count: c.count, permitted: c.permitted }] : [];
    }),
    pricePerSegment,
  );
}

/** After an import and on a new day, before anybody asks. Does nothing in a small shop. */
export async function keepSuggestions(ctx: Ctx): Promise<void> {
  if (ctx.db.raw.readonly || newestPersonId(ctx.db) < MANY) return;
  const kept = stored(ctx);
  if (kept !== null && kept.mark === marks(ctx).mark) return;
  await countThem(ctx, worth(ctx));
}

function worth(ctx: Ctx): SegmentRow[] {
  const groups = () => listSegments(ctx.db).filter((s) => s.readyMade !== null && WORTH.includes(s.readyMade));
  if (groups().length < WORTH.length) listGroups(ctx); // puts the ready-made ones in on first use
  return groups();
}

function marks(ctx: Ctx): { mark: string; now: string } {
  const mark = `${shopDay(ctx.clock.now(), ctx.settings().shop.zone)}/${lastImportAt(ctx.db) ?? 0}`;
  return { mark, now: `${mark}/${newestEventId(ctx.db)}/${newestPersonId(ctx.db)}` };
}

function stored(ctx: Ctx): Kept | null {
  const text = readMeta(ctx.db, KEPT);
  return text === null ? null : (JSON.parse(text) as Kept);
}

/** One count at a time, the counter between them. */
async function countThem(ctx: Ctx, groups: readonly SegmentRow[]): Promise<Kept> {
  const { db } = ctx;
  const kept: Kept = { ...marks(ctx), counts: {} };
  const shop = factsNow(ctx);
  for (const g of groups) {
    await nextTurn();
    kept.counts[g.id] = { rule: JSON.stringify(g.rule), ...countBoth(db, resolveRule(db, g.rule), shop) };
  }
  if (!db.raw.readonly && newestPersonId(db) >= MANY) db.tx((trx) => writeMeta(trx, KEPT, JSON.stringify(kept)));
  return kept;
}

const counting = new WeakMap<Ctx['db'], Promise<unknown>>();

function inBackground(ctx: Ctx): void {
  if (ctx.db.raw.readonly || counting.has(ctx.db)) return;
  const run = countThem(ctx, worth(ctx))
    .then(() => ctx.changed('reports'))
    .catch((error: unknown) => ctx.log.error('suggestions', error))
    .finally(() => counting.delete(ctx.db));
  counting.set(ctx.db, run);
}
