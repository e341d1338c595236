import { headsOfNumbers, leftSince, promisesOf } from '@db/queries/ahead';
import { dayIn, type Frame, frameOf } from '@domain/ahead/frame';
import { type Ahead, type InTheWay, reckonLoad } from '@domain/ahead/load';
import { capsSince } from '@domain/campaigns/caps';
import type { CampaignId, CustomerId, ShopDay, UtcMs } from '@domain/kernel';
import { inTurns, nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { type Coming, collect, type Source } from './collect';

/** Something that speaks to people, on one of its days. */
export interface SourceOn {
  kind: Source['kind'];
  id: number | null;
  name: string;
  day: ShopDay;
}

/** A text to come, and what becomes of it. */
export interface Fated extends Coming {
  /** Who stands for everybody at the number. */
  head: number;
  verdict: InTheWay | null;
  /** When it leaves and on which day of the frame; null = not at all, or after the last one. */
  leaves: { at: UtcMs; day: number } | null;
}

export interface Reckoned {
  frame: Frame;
  sources: Source[];
  texts: Fated[];
  /** Planned campaigns that did not leave and wait for the owner. */
  waiting: { id: CampaignId; name: string; at: UtcMs; asks: string }[];
  pages: UtcMs[];
}

/** Everything that leaves in the next 30 days, text by text, and what becomes of each. */
export async function reckon(ctx: Ctx): Promise<Reckoned> {
  const now = ctx.clock.now();
  const { shop, courtesy } = ctx.settings();
  const frame = frameOf(now, shop.zone);
  const { sources, texts: coming, waiting, pages } = await collect(ctx, frame);
  const heads = headsOfNumbers(ctx.db);
  const head = (id: number): number => heads.get(id as CustomerId) ?? id;
  const texts = coming.map((t, i) => ({ ...t, head: t.person > 0 ? head(t.person) : -1 - i }));
  await nextTurn();
  const left = new Map<number, UtcMs[]>();
  const count = new Map<number, number>();
  for (const t of texts) count.set(t.head, (count.get(t.head) ?? 0) + 1);
  for (const l of leftSince(ctx.db, capsSince(now, shop.zone, courtesy.spacingDays))) {
    const who = head(l.customerId);
    // who gets nothing more cannot be in anybody's way
    if (!count.has(who)) continue;
    const list = left.get(who);
    if (list) list.push(l.at);
    else left.set(who, [l.at]);
  }
  await nextTurn();
  const asked = [...count].flatMap(([who, n]) => (n > 1 || left.has(who) ? [who] : []));
  const promises = new Map<number, number>();
  for (let i = 0; i < asked.length; i += 2000) {
    for (const [who, most] of promisesOf(ctx.db, asked.slice(i, i + 2000))) promises.set(who, Math.min(most, promises.get(who) ?? most));
    await nextTurn();
  }
  const verdicts = await inTurns(
    reckonLoad(
      texts.map((t): Ahead => ({ source: t.source, person: t.head, at: t.at, ...(t.until !== undefined && { until: t.until }) })),
      {
        zone: shop.zone,
        spacingDays: courtesy.spacingDays,
        promiseOf: (who) => promises.get(who) ?? courtesy.promisePerMonth,
        rankOf: (s) => sources[s]?.rank ?? null,
        left,
      },
    ),
  );
  await nextTurn();
  const fated = texts.map((t, i): Fated => {
    const verdict = verdicts[i] ?? null;
    const at = verdict === null ? t.at : verdict.instead;
    const day = verdict === null ? t.day : at === null ? null : dayIn(frame, at);
    return { ...t, verdict, leaves: at === null || day === null ? null : { at, day } };
  });
  return { frame, sources, texts: fated, waiting, pages };
}
