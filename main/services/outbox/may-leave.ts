import type { OutboxRow } from '@db/queries/outbox';
import { campaignTerms, causedAt, deadCode, lastDoubleOptInAt, personFor } from '@db/queries/outbox-sender';
import { saidAnywayAt } from '@db/queries/reply-anyway';
import { GATE, type GateReason, gate } from '@domain/consent/gate';
import { CAUSED_MS } from '@domain/consent/gate-table';
import { orderOfCause } from '@domain/consent/purposes';
import { factsAt } from '@domain/consent/when';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { realTextsReach } from '@services/consent/may-text';
import { sendFacts } from '@services/consent/send-facts';
import { offPath } from '../campaigns/ladder-leave';
import type { Ctx } from '../ctx';
import type { FreshReplies } from '../inbox/sync';
import { senderState } from './sender-state';
import { staleness } from './stale-sales';

export type LeaveReason =
  | GateReason
  | 'expired'
  | 'person-gone'
  | 'number-changed'
  | 'month-used'
  | 'texted-recently'
  | 'country'
  | 'came-since'
  | 'answered-since'
  | 'code-called-off'
  | 'stale-sales'
  | 'not-judged';

export type Verdict =
  /** `closesAt`: the carrier must not deliver at or after it; null = no closing time. */
  | { kind: 'send'; closesAt: UtcMs | null }
  | { kind: 'wait'; until: UtcMs | null; reason: LeaveReason }
  | { kind: 'skip'; reason: LeaveReason };

/**
 * When the carrier must have sent it: the end of the person's hours, or for an answer that may leave at any hour the end of those fifteen
 * minutes, if that is later; never after the text's own end, nor after it would be too late to answer at all.
 */
function lastMoment(o: {
  row: OutboxRow;
  window: { open: boolean; closesAt: UtcMs | null };
  causedAt: UtcMs | null;
  waivedAt: UtcMs | null;
}): UtcMs | null {
  const { hours, maxAge } = GATE[o.row.messageClass];
  const anyHour = [hours === 'window' ? null : o.causedAt, o.waivedAt].flatMap((at) => (at === null ? [] : [at + CAUSED_MS]));
  const open = o.window.open ? o.window.closesAt : null;
  const hoursEnd = Math.max(...anyHour, open ?? 0);
  const tooOld = maxAge === null || o.causedAt === null ? null : ((o.causedAt + maxAge) as UtcMs);
  return earlier(earlier(hoursEnd > 0 ? (hoursEnd as UtcMs) : null, tooOld), o.row.expiresAt);
}

const earlier = (a: UtcMs | null, b: UtcMs | null): UtcMs | null => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs));

/**
 * Whether one text may leave at this very moment: consent and hold, the number's caps and promise, the recipient's hours, the person
 * still being who they were (rules.md §3, §4). Pure reading; called in the transaction that claims the row. `fresh` proves that replies
 * were read and classified; it is asked here how old it is by now. `at`: when it is to leave, if the carrier holds it until then:
 * consent is judged as of now, hours and caps as of that instant. What
 * cannot be judged (a time zone nobody knows in somebody's record) does not leave, and does not keep everybody behind it waiting.
 */
export function mayLeave(ctx: Ctx, row: OutboxRow, now: UtcMs, fresh: FreshReplies, at: UtcMs = now): Verdict {
  try {
    return judge(ctx, row, now, fresh, at);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    ctx.log.error('outbox.not-judged', error);
    return { kind: 'wait', until: null, reason: 'not-judged' };
  }
}

function judge(ctx: Ctx, row: OutboxRow, now: UtcMs, fresh: FreshReplies, at: UtcMs): Verdict {
  if (row.expiresAt !== null && row.expiresAt <= at) return { kind: 'skip', reason: 'expired' };
  const person = row.customerId === null ? undefined : personFor(ctx.db, row.customerId);
  // the answer owed to whoever asks or stops is owed everywhere; nothing else leaves for real from or to elsewhere (rules.md §3)
  if (!realTextsReach(ctx, row.address) && GATE[row.messageClass].stopped !== 'answers') return { kind: 'skip', reason: 'country' };
  if (row.customerId !== null) {
    if (!person) return { kind: 'skip', reason: 'person-gone' };
    if (row.messageClass === 'marketing' && person.phone !== row.address) return { kind: 'skip', reason: 'number-changed' };
  }
  if (row.messageClass === 'marketing' && deadCode(ctx.db, row)) return { kind: 'skip', reason: 'code-called-off' };

  const caused = causedAt(ctx.db, row);
  // said about this hour, not about the night two days later
  const saidAt = row.messageClass === 'reply' ? saidAnywayAt(ctx.db, row.id, (now - CAUSED_MS) as UtcMs, now) : null;
  const campaign = row.causeKind === 'campaign' ? campaignTerms(ctx.db, row.causeId) : null;
  const facts = sendFacts(
    ctx,
    {
      phone: row.address,
      customerId: row.customerId,
      messageClass: row.messageClass,
      causedAt: caused,
      lastDoubleOptInAt: row.messageClass === 'double-opt-in' ? lastDoubleOptInAt(ctx.db, row.address, row.id) : null,
      about: { topic: campaign?.topic ?? null, order: orderOfCause({ kind: row.causeKind, id: row.causeId }) },
      repliesFresh: fresh.holdFor(ctx.db, now),
      body: row.body,
      except: row.leftAt ?? row.sendAt,
      step: row.causeKind === 'campaign' ? (Number(row.causeId) as CampaignId) : null,
      hoursWaived: saidAt !== null,
      reasonGiven: campaign !== null && campaign.dayReason !== '',
    },
    now,
  );
  const { gate: asked, window, caps } = factsAt(facts, at);
  // Who is capped is told why; a campaign is not kept waiting for next month (rules.md §3).
  const decision = gate({ ...asked, caps: { free: caps.ok, freeAt: null } });

  const stale = decision.kind === 'skip' ? null : staleness(ctx, senderState(ctx), row, now);
  if (stale?.kind === 'skip') return stale;
  const off = decision.kind === 'skip' ? null : offPath(ctx, row, now);
  if (off !== null) return { kind: 'skip', reason: off };

  switch (decision.kind) {
    case 'send':
      if (stale)
        return row.expiresAt !== null && stale.until >= row.expiresAt
          ? { kind: 'wait', until: row.expiresAt, reason: stale.reason }
          : stale;
      return { kind: 'send', closesAt: lastMoment({ row, window, causedAt: caused, waivedAt: saidAt }) };
    case 'wait':
      if (decision.until !== null && row.expiresAt !== null && decision.until >= row.expiresAt) return { kind: 'skip', reason: 'expired' };
      return decision;
    case 'skip':
      return { kind: 'skip', reason: decision.reason === 'caps' && !caps.ok ? caps.reason : decision.reason };
  }
}
