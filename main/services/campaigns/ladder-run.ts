import type { Trx } from '@db/open';
import { type Campaign, campaignById, moveCampaign } from '@db/queries/campaigns';
import { anyAgain, anybodyAt, dueAgain, type PersonAt, peopleAt, textedCount, theseAt } from '@db/queries/ladder-facts';
import {
  beginLadder,
  endLadder,
  holdLadder,
  type Ladder,
  type LadderStep,
  ladderById,
  liveLadders,
  noteLooked,
  settleAgain,
  stepsOf,
  stepsToFinish,
  takeMove,
} from '@db/queries/ladders';
import { openToSend } from '@db/queries/outbox-results';
import { startedFact } from '@db/queries/replay';
import { audit } from '@db/queries/staff';
import { type EndReason, endsAt, type LadderTerms, nextStep } from '@domain/campaigns/ladder';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import { type CampaignId, MINUTE } from '@domain/kernel';
import { mustLookBack } from '../backups/look-back';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { haltOf } from '../outbox/halt';
import { senderState, wakeSender } from '../outbox/sender-state';
import { salesKnown } from '../outbox/stale-sales';
import { openRolling } from './append';
import { worstCase } from './ladder-cost';
import { journalMoves } from './ladder-journal';
import { ladderRule } from './ladder-rule';
import { pathSeal } from './ladder-seal';
import { type Mover, takeStep } from './ladder-take';
import { placesOf } from './ladder-view';
import { type StepWords, stepWords } from './ladder-words';
import { sayingsOf } from './words';

/** People looked at in one go: a few milliseconds, and as many moves in one transaction at most. */
const AT_ONCE = 40;
/** A path of thousands is looked through less often; a follow-up is not a matter of minutes. */
const MANY = 3000;
const MANY_EVERY_MS = 10 * MINUTE;

/**
 * Looks at everybody who stands at a step of a path that runs, and moves those whose step has come. May be called as often as one likes
 * and cut off anywhere: each move is one row that can be written once, together with its text. Returns how many texts were queued.
 */
export async function runLadders(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  let texts = 0;
  for (const found of liveLadders(ctx.db)) {
    // asleep, paused as a whole, a clock that is off, a copy not yet held against the carrier's list: whether a day has come is not to be decided now
    if (signal?.aborted || haltOf(ctx) !== null || mustLookBack(ctx.db)) return texts;
    const ladder = found.state === 'draft' ? await takeUp(ctx, found) : found;
    if (ladder === null || !mayMove(ctx, ladder)) continue;
    texts += await walk(ctx, ladder, signal);
  }
  finishSteps(ctx);
  return texts;
}

/** Steps nobody joins any more end with their last text. */
function finishSteps(ctx: Ctx): void {
  const now = ctx.clock.now();
  for (const id of stepsToFinish(ctx.db)) {
    if (openToSend(ctx.db, id, now) > 0) continue;
    if (ctx.db.tx((trx) => moveCampaign(trx, id, 'sending', advance('sending', 'finish'), now))) ctx.changed('campaigns');
  }
}

/** Held by the owner or by what needs one; or its first campaign is. */
function mayMove(ctx: Ctx, ladder: Ladder): boolean {
  if (ladder.state !== 'running' || ladder.held !== null) return false;
  const root = campaignById(ctx.db, ladder.rootId);
  if (!root || (root.state !== 'sending' && root.state !== 'finished')) return false;
  const now = ctx.clock.now();
  if (ladder.lookedAt === null || ladder.lookedAt > now || now - ladder.lookedAt >= MANY_EVERY_MS) return true;
  return textedCount(ctx.db, ladder.rootId) <= MANY;
}

/**
 * The first campaign was started: its steps are frozen as the owner read them, with the ceiling of texts and money they agreed to. What
 * was changed between review and start (an offer's terms) asks the owner.
 */
async function takeUp(ctx: Ctx, ladder: Ladder): Promise<Ladder | null> {
  const { rootId } = ladder;
  const root = campaignById(ctx.db, rootId);
  if (!root?.quote || root.startedAt === null) return null;
  if (ladder.held !== null) return null;
  // the words as they were said when it started, against what the owner read
  const asReviewed = sayingsOf(ctx, root, root.startedAt).hash === root.quote.words;
  if (!asReviewed && (ladder.sealed === null || ladder.sealed !== pathSeal(ctx, rootId))) {
    ctx.db.tx((trx) => holdLadder(trx, rootId, 'words', ctx.clock.now()));
    ctx.changed('campaigns');
    return null;
  }
  const ceiling = await worstCase(ctx, rootId, root.quote.perSegment);
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!beginLadder(trx, rootId, { texts: ceiling.texts, price: ceiling.price, now })) return;
    for (const s of stepsOf(trx, rootId)) openStep(ctx, trx, s, root);
  });
  // a copy from before this moment must know that these are no drafts any more
  for (const s of stepsOf(ctx.db, rootId)) {
    const c = campaignById(ctx.db, s.id);
    if (c) ctx.journal.append([{ kind: 'campaign-started', at: now, row: { ...startedFact(c) } }]);
  }
  ctx.changed('campaigns');
  return ladderById(ctx.db, rootId);
}

/** A step takes people in from here on: what it says no longer changes. */
function openStep(ctx: Ctx, trx: Trx, s: LadderStep, root: Campaign): void {
  const step = campaignById(trx, s.id);
  // a copy that was brought back ended it: it never opens again
  if (step?.state !== 'draft') return;
  const now = ctx.clock.now();
  openRolling(ctx, trx, step, {
    rules: new Map([[1, ladderRule(s)]]),
    at: now,
    windowDays: step.windowDays,
    windowEndsAt: root.windowEndsAt ?? now,
  });
  if (root.state === 'paused') moveCampaign(trx, s.id, 'sending', advance('sending', 'pause'), now, 'path');
}

async function walk(ctx: Ctx, ladder: Ladder, signal?: AbortSignal): Promise<number> {
  const path = new Path(ctx, ladder);
  for (const place of path.places()) {
    const { at } = place;
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      if (signal?.aborted || path.held) return path.texts;
      const people = peopleAt(ctx.db, at, after, AT_ONCE);
      await path.look(place, people);
      const last = people.at(-1);
      if (!last || people.length < AT_ONCE) break;
      after = last.id;
      await nextTurn();
    }
  }
  await path.tryAgain();
  // after everybody moved: somebody may have come to a step that was looked at before
  const open = path.places().some((p) => anybodyAt(ctx.db, p.at.fromId));
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    noteLooked(trx, ladder.rootId, now);
    if (!open && !anyAgain(trx, ladder.rootId) && endLadder(trx, ladder.rootId, path.over ? 'date' : 'done', now)) {
      audit(trx, { at: now, staffId: null, action: 'ladder.end', subject: String(ladder.rootId), detail: {} });
    }
  });
  if (path.texts > 0) wakeSender(ctx);
  if (path.moved > 0 || !open) ctx.changed('campaigns', 'outbox', 'offers');
  return path.texts;
}

type Place = ReturnType<typeof placesOf>[number];

/** One path during one look. */
class Path {
  texts = 0;
  moved = 0;
  held = false;
  private readonly steps: LadderStep[];
  private readonly words = new Map<CampaignId, StepWords>();

  constructor(
    private readonly ctx: Ctx,
    private readonly ladder: Ladder,
  ) {
    this.steps = stepsOf(ctx.db, ladder.rootId);
  }

  places(): Place[] {
    return placesOf(this.ctx, this.ladder.rootId);
  }

  get over(): boolean {
    const last = endsAt(this.ladder.stops.endsOn, this.ctx.settings().shop.zone);
    return last !== null && this.ctx.clock.now() > last;
  }

  /** Some people at one place: ends paths, and takes those whose step has come there. */
  async look({ at, branches, terms }: Place, people: readonly PersonAt[]): Promise<void> {
    const { ctx } = this;
    const now = ctx.clock.now();
    const movers = new Map<CampaignId, Mover[]>();
    const ends: { person: PersonAt; reason: EndReason }[] = [];
    for (const person of people) {
      const next = nextStep(person, branches, terms, now);
      if (next.do === 'end') ends.push({ person, reason: next.reason === 'too-late' && this.salesBehind() ? 'stale-sales' : next.reason });
      else if (next.do === 'move') {
        // nobody is told they are missed while the sales of the last open day are not here (rules.md §3)
        if (next.reaction === 'nothing' && this.salesBehind()) continue;
        const list = movers.get(next.to as CampaignId) ?? [];
        list.push({ person, fromId: at.fromId, reaction: next.reaction, dueAt: next.dueAt, again: false });
        movers.set(next.to as CampaignId, list);
      }
    }
    if (ends.length > 0) {
      ctx.db.tx((trx) => {
        for (const { person, reason } of ends) {
          takeMove(trx, {
            fromId: at.fromId,
            customerId: person.id,
            rootId: this.ladder.rootId,
            toId: null,
            reaction: null,
            outcome: 'end',
            reason,
            dueAt: null,
            againAt: null,
            at: now,
          });
        }
      });
      journalMoves(
        ctx,
        at.fromId,
        ends.map((e) => e.person.id),
        now,
      );
      this.moved += ends.length;
    }
    for (const [to, list] of movers) await this.take(to, list, terms);
  }

  /** Those a cap kept back once, when it has freed. What they did meanwhile counts. */
  async tryAgain(): Promise<void> {
    const { ctx } = this;
    const due = dueAgain(ctx.db, this.ladder.rootId, ctx.clock.now(), 1000);
    for (let i = 0; i < due.length && !this.held; i += AT_ONCE) {
      const some = due.slice(i, i + AT_ONCE);
      for (const place of this.places()) {
        const here = some.filter((d) => d.fromId === place.at.fromId);
        if (here.length > 0) await this.tryThese(place, here);
      }
      await nextTurn();
    }
  }

  private async tryThese({ at, branches, terms }: Place, due: ReturnType<typeof dueAgain>): Promise<void> {
    const { ctx } = this;
    const now = ctx.clock.now();
    const people = new Map(
      theseAt(
        ctx.db,
        at,
        due.map((d) => d.customerId),
      ).map((p) => [p.id, p]),
    );
    const movers = new Map<CampaignId, Mover[]>();
    for (const d of due) {
      const person = people.get(d.customerId);
      const next = person ? nextStep(person, branches, terms, now) : null;
      const stale = next?.do === 'move' && next.reaction === 'nothing' && this.salesBehind();
      if (person && next?.do === 'move' && next.to === d.toId && !stale) {
        const list = movers.get(d.toId) ?? [];
        list.push({ person, fromId: at.fromId, reaction: next.reaction, dueAt: d.dueAt, again: true });
        movers.set(d.toId, list);
      } else if (!stale) {
        const reason = next?.do === 'end' ? next.reason : 'came-since';
        ctx.db.tx((trx) => settleAgain(trx, { fromId: d.fromId, customerId: d.customerId, outcome: 'left-out', reason, at: now }));
        journalMoves(ctx, d.fromId, [d.customerId], now);
        this.moved++;
      }
    }
    for (const [to, list] of movers) await this.take(to, list, terms);
  }

  private async take(to: CampaignId, movers: readonly Mover[], terms: LadderTerms): Promise<void> {
    const { ctx, ladder } = this;
    const step = this.steps.find((s) => s.id === to);
    if (!step || this.held || campaignById(ctx.db, to)?.state !== 'sending') return;
    const words = this.wordsOf(to);
    if (words === null) return;
    const before = ladderById(ctx.db, ladder.rootId);
    if (before?.state !== 'running' || before.held !== null) return;
    const taken = await takeStep(ctx, { ladder, step, words, terms: { ...terms, windowDays: words.campaign.windowDays }, movers });
    this.texts += taken.texts;
    this.moved += movers.length;
    if (taken.over === null) return;
    this.held = true;
    this.hold(`ceiling:${taken.over}`);
  }

  private hold(why: string): void {
    const { ctx, ladder } = this;
    ctx.db.tx((trx) => holdLadder(trx, ladder.rootId, why, ctx.clock.now()));
    ctx.log.warn('follow-ups wait for the owner', { campaign: ladder.rootId, why });
    ctx.changed('campaigns');
  }

  private wordsOf(id: CampaignId): StepWords | null {
    const known = this.words.get(id);
    if (known) return known;
    const campaign = campaignById(this.ctx.db, id);
    if (!campaign) return null;
    try {
      const words = stepWords(this.ctx, campaign, this.ctx.clock.now());
      this.words.set(id, words);
      return words;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.held = true;
      this.hold('words');
      return null;
    }
  }

  private salesBehind(): boolean {
    return salesKnown(this.ctx, senderState(this.ctx), this.ctx.clock.now()).behind;
  }
}
