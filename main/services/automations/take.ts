import { daysOfEarlier } from '@db/queries/automation-aside';
import { type DueRow, dropDue, leaveOut, noteTodo, takeCause } from '@db/queries/automation-events';
import { maybeTold, stoppedBy } from '@db/queries/automation-stops';
import type { Automation } from '@db/queries/automations';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { numberNow } from '@db/queries/campaign-people';
import { dropExcluded, extendWindow } from '@db/queries/ladders';
import { offerById } from '@db/queries/offers';
import { cameSince } from '@db/queries/outbox-sender';
import { membersAmong } from '@db/queries/segments';
import { quarterHeld } from '@domain/attribution/rolling';
import { KINDS, SERVICE_KINDS } from '@domain/automations/kinds';
import { givesWayUntil } from '@domain/automations/priority';
import { addDays, startOfDay } from '@domain/calendar';
import type { PersonReason } from '@domain/campaigns/audience';
import { checkCaps } from '@domain/campaigns/caps';
import { firstMatch } from '@domain/campaigns/parts';
import { type CustomerId, DAY, HOUR, type UtcMs } from '@domain/kernel';
import { gatherThese, groupRule } from '../campaigns/audience';
import { keysOf, readerOf } from '../campaigns/split';
import { writerFor } from '../campaigns/stage';
import type { Ctx } from '../ctx';
import { coveredThrough } from '../reports/coverage';
import { factsNow } from '../segments/segments';
import { type OpenEdition, windowEnd } from './edition';
import { heldOut } from './held';
import { journalCauses } from './journal';
import { writeOpen } from './keep';
import { triggerOf } from './look';
import type { Look, PersonDue } from './trigger';

/** Reasons that pass: tried again while it is still worth saying. */
const PASSES: readonly PersonReason[] = ['texted-recently', 'month-used', 'one-waiting', 'on-hold'];

/**
 * Takes people whose day has come. What is due is asked of the facts once more; whether each may be texted is decided as for every
 * campaign; each cause is written together with what follows from it (the person, the code, the text), so that a crash leaves either
 * nothing or all of it. Texts are queued at once: the sender asks everything again as each leaves. Returns how many were queued; at most
 * `room` are.
 */
export async function takeSome(
  ctx: Ctx,
  o: { automation: Automation; look: Look; edition: OpenEdition; due: readonly DueRow[]; room: number },
): Promise<number> {
  const { automation: a, look, edition } = o;
  const now = ctx.clock.now();
  const ids = [...new Set(o.due.map((d) => d.customerId))];
  const dues = refresh(ctx, o, ids);
  const wanted = stillWanted(ctx, a, dues, now);
  const parts = partsOf(ctx, edition, wanted.go);
  const audience = await gatherThese(ctx, parts, edition.campaign);
  const reachable = new Map<CustomerId, AudiencePerson>(audience.reachable.map((p) => [p.id, p]));
  const excluded = new Map(audience.excluded.map((e) => [e.person.id, e]));
  const byId = new Map(wanted.go.map((d) => [d.customerId, d]));
  const givesWay = waysGiven(ctx, a, wanted.go, now);
  const codes = codesOf(ctx, look, wanted.go);
  const writer = writerFor(ctx, {
    campaign: edition.campaign,
    sayings: edition.sayings,
    reads: new Map(audience.reachable.map((p) => [p.id, wordingOf(ctx, edition, p)])),
    audienceAt: audience.at,
    drawnAt: now,
    time: () => ({ at: now, held: false, first: false }),
    staged: false,
    until: (id) => byId.get(id)?.until ?? ((now + DAY) as UtcMs),
    own: (id) => codes.get(id) ?? null,
    automatic: true,
  });
  const { holdout, holdoutPercent } = edition.campaign;
  const held = heldOut(ctx, a, { holdout, percent: holdoutPercent ?? 0 });
  let texts = 0;
  ctx.db.tx((trx) => {
    const end = (
      d: PersonDue,
      outcome: 'text' | 'control' | 'left-out' | 'waiting' | 'already',
      reason: string | null,
      againAt: UtcMs | null = null,
    ): boolean => {
      const { customerId, cause, dueAt } = d;
      const campaignId = outcome === 'waiting' ? null : edition.campaign.id;
      if (!takeCause(trx, { automationId: a.id, customerId, cause, dueAt, outcome, reason, campaignId, againAt, at: now })) return false;
      if (outcome !== 'waiting') {
        dropDue(trx, a.id, d);
        if (KINDS[a.kind].again) noteTodo(trx, customerId);
      }
      return true;
    };
    for (const [d, reason] of wanted.not) end(d, reason === 'restored' ? 'already' : 'left-out', reason);
    for (const d of wanted.later) {
      const again = (now + 6 * HOUR) as UtcMs;
      if (again < d.until) end(d, 'waiting', 'stale-sales', again);
      else end(d, 'left-out', 'stale-sales');
    }
    for (const d of wanted.go) {
      const p = reachable.get(d.customerId);
      if (p === undefined) {
        const e = excluded.get(d.customerId);
        const reason = !parts.has(d.customerId) ? 'no-group' : (e?.reason ?? 'left-since-quote');
        const again = e === undefined ? null : passesAt(ctx, e.person, e.reason, now);
        if (again !== null && again < d.until) end(d, 'waiting', reason, again);
        else if (end(d, 'left-out', reason) && e) writer.excluded(trx, e.person, e.reason);
        continue;
      }
      const later = givesWay.get(d.customerId);
      if (later !== undefined) {
        if (later < d.until) end(d, 'waiting', 'automation-soon', later);
        else if (end(d, 'left-out', 'automation-soon')) writer.excluded(trx, p, 'automation-soon');
        continue;
      }
      if (held(p.id, now)) {
        dropExcluded(trx, edition.campaign.id, p.id);
        if (end(d, 'control', null)) writer.control(trx, p);
        continue;
      }
      if (texts >= o.room) break;
      dropExcluded(trx, edition.campaign.id, p.id);
      if (!end(d, 'text', null)) continue;
      if (writer.text(trx, p)) texts++;
      else leaveOut(trx, a.id, d, 'this-month');
    }
    extendWindow(trx, edition.campaign.id, windowEnd(ctx, now, edition.campaign.windowDays));
  });
  journalCauses(ctx, a, ids, now);
  return texts;
}

/** The facts as they are at this moment: what is due no more is put right, what moved waits for its new day. */
function refresh(ctx: Ctx, o: { automation: Automation; look: Look; due: readonly DueRow[] }, ids: readonly CustomerId[]): PersonDue[] {
  const { automation: a, look } = o;
  const open = ctx.db.tx((trx) => writeOpen(trx, look, a, ids));
  const asked = new Set(o.due.map((d) => `${d.customerId} ${d.cause}`));
  const seen = new Set<CustomerId>();
  return open.filter((d) => {
    // of two causes of one person the first goes now, the other the next time
    if (seen.has(d.customerId) || d.dueAt > look.now || !asked.has(`${d.customerId} ${d.cause}`)) return false;
    seen.add(d.customerId);
    return true;
  });
}

function stillWanted(ctx: Ctx, a: Automation, dues: readonly PersonDue[], now: UtcMs) {
  const go: PersonDue[] = [];
  const not: [PersonDue, string][] = [];
  const later: PersonDue[] = [];
  const { absence, away } = KINDS[a.kind];
  const covered = absence && !away ? coveredThrough(ctx) : null;
  const unknownFrom = covered === null ? null : startOfDay(addDays(covered, 1), ctx.settings().shop.zone);
  for (const d of dues) {
    const number = numberNow(ctx.db, d.customerId) ?? null;
    const why = stoppedBy(ctx.db, a.stops, { id: d.customerId, phone: number, since: d.since, now, away: KINDS[a.kind].away });
    if (number !== null && maybeTold(ctx.db, number, d.dueAt)) not.push([d, 'restored']);
    else if (why !== null) not.push([d, `did-${why}`]);
    // they were here after the last day the till file tells of: what they bought then is not known yet
    else if (unknownFrom !== null && cameSince(ctx.db, d.customerId, unknownFrom)) later.push(d);
    else go.push(d);
  }
  return { go, not, later };
}

/** Which words each of them reads: the first part whose group holds them; one without a group is for everybody left. */
function partsOf(ctx: Ctx, { campaign }: OpenEdition, dues: readonly PersonDue[]): Map<CustomerId, number> {
  const ids = dues.map((d) => d.customerId);
  const facts = factsNow(ctx);
  return firstMatch(
    campaign.parts.map(({ position, segmentId }) => ({
      position,
      ids: segmentId === null ? [...ids].sort((x, y) => x - y) : membersAmong(ctx.db, groupRule(ctx, segmentId), facts, ids),
    })),
  );
}

/** Of two wordings tested against each other everybody reads one by their own lot, which never changes within a month. */
function wordingOf(ctx: Ctx, { campaign }: OpenEdition, p: AudiencePerson) {
  const reads = readerOf(campaign)(p);
  const tested = keysOf(campaign, p.part).some((k) => k.includes('.b.'));
  return reads(tested && quarterHeld(ctx.hmacKey, `words of campaign ${campaign.id}`, 50)(p.id) ? 'b' : 'a');
}

function codesOf(ctx: Ctx, look: Look, dues: readonly PersonDue[]) {
  const trigger = triggerOf(look.automation.kind);
  const out = new Map<CustomerId, { code: string; offer: NonNullable<ReturnType<typeof offerById>>; endsAt: UtcMs }>();
  for (const d of trigger?.code ? dues : []) {
    const held = trigger?.code?.(look, d) ?? null;
    const offer = held === null ? null : offerById(ctx.db, held.offerId);
    if (held !== null && offer) out.set(d.customerId, { code: held.code, offer, endsAt: held.endsAt });
  }
  return out;
}

/**
 * Whose text waits because another automation, that goes before this one, has their day within the spacing: this text would hold that one
 * up. What has stood due for longer than a day is held up by something else, and nobody waits for it.
 */
function waysGiven(ctx: Ctx, a: Automation, dues: readonly PersonDue[], now: UtcMs): Map<CustomerId, UtcMs> {
  const out = new Map<CustomerId, UtcMs>();
  if (KINDS[a.kind].service || dues.length === 0) return out;
  const spacing = ctx.settings().courtesy.spacingDays * DAY;
  const days = daysOfEarlier(
    ctx.db,
    dues.map((d) => d.customerId),
    { id: a.id, priority: a.priority },
    { from: (now - DAY) as UtcMs, to: (now + spacing) as UtcMs, service: SERVICE_KINDS },
  );
  for (const d of days.length === 0 ? [] : dues) {
    const until = givesWayUntil(
      d,
      days.filter((e) => e.customerId === d.customerId),
      now,
      spacing,
    );
    if (until !== null) out.set(d.customerId, until);
  }
  return out;
}

/** When what keeps somebody back passes; null = it does not. */
function passesAt(ctx: Ctx, p: AudiencePerson, reason: PersonReason, now: UtcMs): UtcMs | null {
  if (!PASSES.includes(reason)) return null;
  if (reason === 'one-waiting') return (now + 6 * HOUR) as UtcMs;
  if (reason === 'on-hold') return (now + DAY) as UtcMs;
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
