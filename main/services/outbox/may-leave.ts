import type { OutboxRow } from '@db/queries/outbox';
import { campaignTerms, causedAt, lastDoubleOptInAt, personFor } from '@db/queries/outbox-sender';
import { mayLeaveAnyway } from '@db/queries/reply-anyway';
import { GATE, type GateReason, gate } from '@domain/consent/gate';
import { CAUSED_MS } from '@domain/consent/gate-table';
import { orderOfCause } from '@domain/consent/purposes';
import { factsAt } from '@domain/consent/when';
import type { UtcMs } from '@domain/kernel';
import { realTextsReach } from '@services/consent/may-text';
import { sendFacts } from '@services/consent/send-facts';
import type { Ctx } from '../ctx';
import type { FreshReplies } from '../inbox/sync';

export type LeaveReason = GateReason | 'expired' | 'person-gone' | 'number-changed' | 'month-used' | 'texted-recently' | 'country';

export type Verdict =
  /** `closesAt`: the carrier must not deliver at or after it; null = no closing time. */
  | { kind: 'send'; closesAt: UtcMs | null }
  | { kind: 'wait'; until: UtcMs | null; reason: LeaveReason }
  | { kind: 'skip'; reason: LeaveReason };

const earlier = (a: UtcMs | null, b: UtcMs | null): UtcMs | null => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs));

/**
 * Whether one text may leave at this very moment: consent and hold, the number's caps and promise, the recipient's hours, the person
 * still being who they were (rules.md §3, §4). Pure reading; called in the transaction that claims the row. `fresh` proves that replies
 * were read and classified; it is asked here how old it is by now.
 */
export function mayLeave(ctx: Ctx, row: OutboxRow, now: UtcMs, fresh: FreshReplies): Verdict {
  if (row.expiresAt !== null && row.expiresAt <= now) return { kind: 'skip', reason: 'expired' };
  const person = row.customerId === null ? undefined : personFor(ctx.db, row.customerId);
  // the answer owed to whoever asks or stops is owed everywhere; nothing else leaves for real from or to elsewhere (rules.md §3)
  if (!realTextsReach(ctx, row.address) && GATE[row.messageClass].stopped !== 'answers') return { kind: 'skip', reason: 'country' };
  if (row.customerId !== null) {
    if (!person) return { kind: 'skip', reason: 'person-gone' };
    if (row.messageClass === 'marketing' && person.phone !== row.address) return { kind: 'skip', reason: 'number-changed' };
  }

  const campaign = row.causeKind === 'campaign' ? campaignTerms(ctx.db, row.causeId) : null;
  const facts = sendFacts(
    ctx,
    {
      phone: row.address,
      customerId: row.customerId,
      messageClass: row.messageClass,
      causedAt: causedAt(ctx.db, row),
      lastDoubleOptInAt: row.messageClass === 'double-opt-in' ? lastDoubleOptInAt(ctx.db, row.address, row.id) : null,
      about: { topic: campaign?.topic ?? null, order: orderOfCause({ kind: row.causeKind, id: row.causeId }) },
      repliesFresh: fresh.holdFor(ctx.db, now),
      body: row.body,
      except: row.leftAt,
      // said about this hour, not about the night two days later
      hoursWaived: row.messageClass === 'reply' && mayLeaveAnyway(ctx.db, row.id, (now - CAUSED_MS) as UtcMs, now),
      reasonGiven: campaign !== null && campaign.dayReason !== '',
    },
    now,
  );
  const { gate: asked, window, caps } = factsAt(facts, now);
  // Who is capped is told why; a campaign is not kept waiting for next month (rules.md §3).
  const decision = gate({ ...asked, caps: { free: caps.ok, freeAt: null } });

  switch (decision.kind) {
    case 'send':
      // What the customer caused may be under way at any hour; everything else ends with the window.
      return { kind: 'send', closesAt: earlier(window.open ? window.closesAt : null, row.expiresAt) };
    case 'wait':
      if (decision.until !== null && row.expiresAt !== null && decision.until >= row.expiresAt) return { kind: 'skip', reason: 'expired' };
      return decision;
    case 'skip':
      return { kind: 'skip', reason: decision.reason === 'caps' && !caps.ok ? caps.reason : decision.reason };
  }
}
