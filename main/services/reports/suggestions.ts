import { newestEventId } from '@db/queries/consent';
import { newestPersonId } from '@db/queries/customers';
import { lastImportAt } from '@db/queries/imports';
import { countTodo } from '@db/queries/outcomes';
import { countingBoth, listSegments, type SegmentRow } from '@db/queries/segments';
import { readMeta, writeMeta } from '@db/queries/settings';
import { boughtPage, favourites, lastTexted, putOffs, takenStarted } from '@db/queries/suggestions';
import { shopDay } from '@domain/calendar';
import type { Micros, SegmentId, UtcMs } from '@domain/kernel';
import {
  addBaskets,
  type Baskets,
  bestPair,
  type Candidate,
  type Chosen,
  chooseSuggestions,
  type LikeCampaign,
  type Pair,
  SUGGESTION_KINDS,
  type SuggestionKind,
  suggestionKey,
} from '@domain/reports/suggest';
import { partsOfText, textFor } from '@domain/reports/suggest-text';
import { type TakenSummary, takenSummary } from '@domain/reports/taken';
import { boughtNot } from '@domain/segments/ready-made';
import { inTurns, nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { anywayOf } from '../results/anyway';
import { ensureReadyMade, factsNow, resolveRule } from '../segments/segments';
import { coveredThrough } from './coverage';
import { MANY } from './kept';
import { campaignsByKind, likeCampaign } from './like';

/** One suggestion as it is shown: the group, its size and cost, and why. */
export interface Suggestion extends Omit<Chosen, 'like'> {
  /** Measured campaigns of the same kind, newest first. */
  readonly like: LikeCampaign[];
  readonly name: string;
  /** Of its ready-made text, to everybody in it who may be texted; the review says it exactly. */
  readonly cost: Micros;
  /** The same for those alone who are late, where it is said that the others come anyway. */
  readonly costOfRest: Micros | null;
}

const KEPT = 'suggestions';
/** What is kept has this shape. */
const SHAPE = '1';

interface Kept {
  shape: string;
  /** Shop day and last import; `now` also who was met, who said yes or no, and what was sent since. */
  mark: string;
  now: string;
  /** Of the groups it was counted by. */
  rules: string;
  candidates: (Candidate & { name: string })[];
  taken: TakenSummary;
}

/**
 * Up to three groups somebody could text now, each with its reason. In a large shop counting takes a second or so: what was counted last
 * is shown at once, and counted anew in the background when a person, a permission, an import, a campaign or the day has changed since.
 */
export async function suggestions(ctx: Ctx): Promise<{ suggestions: Suggestion[]; taken: TakenSummary }> {
  const kept = await candidatesNow(ctx);
  const chosen = chooseSuggestions(kept.candidates, putOffs(ctx.db), ctx.clock.now());
  const names = new Map(kept.candidates.map((c) => [c.key, c.name]));
  return {
    suggestions: chosen.map((c) => ({ ...c, ...costOf(ctx, c), like: [...c.like], name: names.get(c.key) ?? '' })),
    taken: kept.taken,
  };
}

function costOf(ctx: Ctx, c: Candidate): { cost: Micros; costOfRest: Micros | null } {
  const { texting, shop } = ctx.settings();
  const each = texting.pricePerSegment * partsOfText(textFor(c.kind, c.pair), shop.name);
  return { cost: (c.mayBeTexted * each) as Micros, costOfRest: c.anyway === null ? null : ((c.anyway.rest * each) as Micros) };
}

async function candidatesNow(ctx: Ctx): Promise<Kept> {
  const groups = worth(ctx);
  const kept = newestPersonId(ctx.db) < MANY ? null : stored(ctx);
  if (kept === null || kept.rules !== rulesOf(groups)) return await countThem(ctx, groups);
  if (kept.now !== marks(ctx).now) inBackground(ctx);
  return kept;
}

/** After an import and on a new day, before anybody asks. Does nothing in a small shop. */
export async function keepSuggestions(ctx: Ctx): Promise<void> {
  if (ctx.db.raw.readonly || newestPersonId(ctx.db) < MANY) return;
  const kept = stored(ctx);
  if (kept !== null && kept.mark === marks(ctx).mark) return;
  await countThem(ctx, worth(ctx));
}

const READY: readonly string[] = SUGGESTION_KINDS.filter((k) => k !== 'bought-not');

function worth(ctx: Ctx): SegmentRow[] {
  const groups = () => listSegments(ctx.db).filter((s) => s.readyMade !== null && READY.includes(s.readyMade));
  if (groups().length < READY.length) ensureReadyMade(ctx);
  return groups();
}

const rulesOf = (groups: readonly SegmentRow[]): string => JSON.stringify(groups.map((g) => [g.id, g.rule]));

function marks(ctx: Ctx): { mark: string; now: string } {
  const { db } = ctx;
  const behind = countTodo(db, 1) > 0 ? 'behind' : '';
  const mark = `${shopDay(ctx.clock.now(), ctx.settings().shop.zone)}/${lastImportAt(db) ?? 0}/${behind}`;
  const sent = Math.max(0, ...lastTexted(db).values());
  return { mark, now: `${mark}/${newestEventId(db)}/${newestPersonId(db)}/${sent}` };
}

function stored(ctx: Ctx): Kept | null {
  const text = readMeta(ctx.db, KEPT);
  const kept = text === null ? null : (JSON.parse(text) as Kept);
  return kept?.shape === SHAPE ? kept : null;
}

/** One count at a time, the counter between them. */
async function countThem(ctx: Ctx, groups: readonly SegmentRow[]): Promise<Kept> {
  const { db } = ctx;
  const as = marks(ctx);
  const covered = coveredThrough(ctx);
  const like = await campaignsByKind(ctx, covered);
  const sent = takenStarted(db);
  const texted = lastTexted(db);
  /** Its group, or a part of it, as it was taken; newest first. */
  const textedAt = (key: string, group: SegmentId | null): UtcMs | null => {
    const at = [texted.get(group ?? (0 as SegmentId)), sent.find((t) => t.key === key)?.startedAt].filter((x) => x !== undefined);
    return at.length === 0 ? null : (Math.max(...at) as UtcMs);
  };
  const shop = factsNow(ctx);
  const candidates: Kept['candidates'] = [];
  for (const g of groups) {
    const kind = g.readyMade as SuggestionKind;
    const rule = resolveRule(db, g.rule);
    const { count, permitted } = await inTurns(countingBoth(db, rule, shop));
    const base = { key: suggestionKey(kind, null), kind, segmentId: g.id, name: g.name, pair: null, people: count, mayBeTexted: permitted };
    const mine = like.get(kind) ?? [];
    candidates.push({ ...base, like: mine, textedAt: textedAt(base.key, g.id), anyway: await anywayFor(ctx, kind, rule, permitted, mine) });
  }
  const pair = await pairNow(ctx);
  if (pair !== null) {
    const rule = boughtNot(pair.x, pair.y, null);
    const name = groupName(pair);
    const group = listSegments(db).find((s) => s.name === name && JSON.stringify(s.rule) === JSON.stringify(rule))?.id ?? null;
    const { count, permitted } = await inTurns(countingBoth(db, rule, shop));
    const mine = like.get('bought-not') ?? [];
    candidates.push({
      key: suggestionKey('bought-not', pair),
      kind: 'bought-not',
      segmentId: group,
      name,
      pair,
      people: count,
      mayBeTexted: permitted,
      like: mine,
      textedAt: textedAt(suggestionKey('bought-not', pair), group),
      anyway: await anywayFor(ctx, 'bought-not', rule, permitted, mine),
    });
  }
  const taken = takenSummary(sent.map((t) => likeCampaign(ctx, { id: t.campaignId }, covered, false)));
  const kept: Kept = { shape: SHAPE, ...as, rules: rulesOf(groups), candidates, taken };
  if (!db.raw.readonly && newestPersonId(db) >= MANY) db.tx((trx) => writeMeta(trx, KEPT, JSON.stringify(kept)));
  return kept;
}

/** As the composer calls such a group. */
export const groupName = (p: Pick<Pair, 'x' | 'y'>): string => `Bought ${p.x.name}, never ${p.y.name}`.slice(0, 80);

/** Only where people in their rhythm stand beside others; the days a text without an offer is measured by. */
const MIXED: readonly SuggestionKind[] = ['bought-not', 'birthday'];
const WINDOW_DAYS = 14;

const anywayFor = async (ctx: Ctx, kind: SuggestionKind, rule: SegmentRow['rule'], permitted: number, like: Candidate['like']) =>
  MIXED.includes(kind) && permitted > 0
    ? await anywayOf(
        ctx,
        rule,
        WINDOW_DAYS,
        like.map((c) => c.id),
      )
    : null;

/** So many of the things most people bought are held against each other, over so many people. */
const THINGS = 12;
const PEOPLE = 3000;
const PAGE = 300;

async function pairNow(ctx: Ctx): Promise<Pair | null> {
  const things = await inTurns(favourites(ctx.db, THINGS));
  const ids = things.map((t) => t.id);
  const step = Math.max(1, Math.ceil(newestPersonId(ctx.db) / PEOPLE));
  let baskets: Baskets = { people: 0, things: things.map(({ what, name }) => ({ what, name, buyers: 0 })), both: new Map() };
  for (let after = 0; things.length > 1; ) {
    await nextTurn();
    const page = boughtPage(ctx.db, ids, { after, limit: PAGE, step });
    const last = page.at(-1);
    if (last === undefined) break;
    baskets = addBaskets(baskets, ids, page);
    after = last.id;
  }
  return bestPair(baskets);
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
