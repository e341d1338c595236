import type { Trx } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { PersonAt } from '@db/queries/ladder-facts';
import {
  dropExcluded,
  extendWindow,
  type Ladder,
  type LadderStep,
  type Move,
  settleAgain,
  spentBySteps,
  takeMove,
} from '@db/queries/ladders';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { checkCaps } from '@domain/campaigns/caps';
import { againAt, type LadderReaction, type LadderTerms } from '@domain/campaigns/ladder';
import type { CustomerId, Micros, UtcMs } from '@domain/kernel';
import { quarterGroup } from '../attribution/rolling';
import type { Ctx } from '../ctx';
import { inFirstPart } from './append';
import { gatherThese } from './audience';
import { journalMoves } from './ladder-journal';
import type { StepWords } from './ladder-words';
import { writerFor } from './stage';

/** Somebody whose step has come. */
export interface Mover {
  person: PersonAt;
  fromId: LadderStep['parentId'];
  reaction: LadderReaction;
  dueAt: UtcMs;
  /** A cap blocked it before: this is the second and last try. */
  again: boolean;
}

export interface Taken {
  texts: number;
  /** The approved ceiling was reached: the rest was not moved and waits for the owner. */
  over: 'texts' | 'price' | null;
}

/**
 * Moves people to a step. Whether each may be texted is decided as for every campaign; each move is written together with what follows
 * from it (the person, the code, the text), so that a crash leaves either nothing or all of it. Texts are queued at once: the sender
 * asks everything again as each leaves.
 */
export async function takeStep(
  ctx: Ctx,
  o: { ladder: Ladder; step: LadderStep; words: StepWords; terms: LadderTerms; movers: readonly Mover[] },
): Promise<Taken> {
  const { ladder, step, words, terms } = o;
  const audience = await gatherThese(ctx, inFirstPart(o.movers.map((m) => m.person.id)), words.campaign);
  const reachable = new Map<CustomerId, AudiencePerson>(audience.reachable.map((p) => [p.id, p]));
  const excluded = new Map(audience.excluded.map((e) => [e.person.id, e]));
  const { pricePerSegment } = ctx.settings().texting;
  const now = ctx.clock.now();
  const writer = writerFor(ctx, {
    campaign: words.campaign,
    sayings: words.sayings,
    reads: new Map(audience.reachable.map((p) => [p.id, words.reads(p)])),
    audienceAt: audience.at,
    drawnAt: now,
    time: () => ({ at: now, held: false, first: false }),
    staged: false,
  });
  const taken: Taken = { texts: 0, over: null };
  // drawn in another quarter: whoever is kept out of this one hears nothing, wherever they stand
  const quarter = quarterGroup(ctx, now);
  ctx.db.tx((trx) => {
    const spent = spentBySteps(trx, ladder.rootId);
    for (const m of o.movers) {
      const p = reachable.get(m.person.id);
      const move = (outcome: Move['outcome'], reason: string | null = null, again: UtcMs | null = null) =>
        writeMove(trx, { ladder, step, m, outcome, reason, again, now });
      if (p === undefined) {
        const e = excluded.get(m.person.id);
        const reason = e?.reason ?? 'left-since-quote';
        const freed = e === undefined ? null : freeAt(ctx, e.person, now);
        const again = m.again || e === undefined ? null : againAt({ reason, dueAt: m.dueAt, now, freeAt: freed, terms });
        if (move(again === null ? 'left-out' : 'blocked', reason, again) && e) writer.excluded(trx, e.person, e.reason);
      } else if (m.person.arm === 'control') {
        if (move('control')) writer.control(trx, p);
      } else if (quarter?.(p.id)) move('left-out', 'held-out');
      else {
        const price = words.size(p) * pricePerSegment;
        if (ladder.ceilingTexts !== null && spent.texts + 1 > ladder.ceilingTexts) taken.over = 'texts';
        else if (ladder.ceilingPrice !== null && spent.price + price > ladder.ceilingPrice) taken.over = 'price';
        if (taken.over !== null) break;
        if (!move('text') || !writer.text(trx, p)) continue;
        spent.texts++;
        spent.price = (spent.price + price) as Micros;
        taken.texts++;
      }
    }
    extendWindow(trx, step.id, windowEnd(now, terms));
  });
  journalMoves(
    ctx,
    step.parentId,
    o.movers.map((m) => m.person.id),
    now,
  );
  return taken;
}

const windowEnd = (now: UtcMs, terms: LadderTerms): UtcMs =>
  (startOfDay(addDays(shopDay(now, terms.zone), terms.windowDays + 1), terms.zone) - 1) as UtcMs;

/** False: somebody was first, and nothing may follow. */
function writeMove(
  trx: Trx,
  o: { ladder: Ladder; step: LadderStep; m: Mover; outcome: Move['outcome']; reason: string | null; again: UtcMs | null; now: UtcMs },
): boolean {
  const { m, step, outcome, reason, now } = o;
  if (m.again) {
    if (!settleAgain(trx, { fromId: m.fromId, customerId: m.person.id, outcome, reason, at: now })) return false;
    dropExcluded(trx, step.id, m.person.id);
    return true;
  }
  return takeMove(trx, {
    fromId: m.fromId,
    customerId: m.person.id,
    rootId: o.ladder.rootId,
    toId: step.id,
    reaction: m.reaction,
    outcome,
    reason,
    dueAt: m.dueAt,
    againAt: o.again,
    at: now,
  });
}

/** When the cap that keeps somebody back frees; null = nobody can tell. */
function freeAt(ctx: Ctx, p: AudiencePerson, now: UtcMs): UtcMs | null {
  if (p.waiting) return null;
  const { courtesy, shop } = ctx.settings();
  const caps = checkCaps({
    left: p.left,
    promiseMax: p.promiseMax,
    defaultPromise: courtesy.promisePerMonth,
    spacingDays: courtesy.spacingDays,
    now,
    shopZone: shop.zone,
  });
  return caps.ok ? null : caps.until;
}
