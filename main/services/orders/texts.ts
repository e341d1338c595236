import type { Trx } from '@db/open';
import { type OrderOf, orderFact, ordersToRemind, orderTexts, setReminded } from '@db/queries/orders';
import { enqueue } from '@db/queries/outbox';
import { shopDay } from '@domain/calendar';
import { countSegments } from '@domain/campaigns/sms-text';
import { orderCause } from '@domain/consent/purposes';
import { whenMayLeave } from '@domain/consent/when';
import { hoursLine } from '@domain/inbox/reply-template';
import { DAY, type Micros, type PhoneE164, type UtcMs } from '@domain/kernel';
import { reminderOf } from '@domain/orders/order';
import { type OrderText, orderText } from '@domain/orders/words';
import { journalWith, withConsent } from '../consent';
import { realTextsReach, type WhenAnswer } from '../consent/may-text';
import { sendFacts } from '../consent/send-facts';
import type { Ctx } from '../ctx';
import { wakeSender } from '../outbox/sender-state';

/** News of an order that waits longer than this has been told at the counter, or is none. */
const LASTS_MS = 7 * DAY;
const NEVER_LEFT = new Set(['skipped', 'cancelled', 'rejected', 'failed', 'undelivered']);

type Why = WhenAnswer['why'][number]['reason'];

/** What becomes of a text about an order: on its way, from when, or why there is none, so that somebody calls instead. */
export type OrderNews = { text: true; leavesAt: UtcMs | null } | { text: false; why: Why | 'no-tick' | 'told-already' };

/** The number of `cause` for an order: one that never left does not stand in the way of a second try, one that left does. */
function causeFor(trx: Trx, ref: string, what: 'ready' | 'reminder'): string | null {
  const before = orderTexts(trx, [ref]).filter((t) => t.what === what || t.what.startsWith(`${what}-`));
  if (before.some((t) => !NEVER_LEFT.has(t.state))) return null;
  return before.length === 0 ? what : `${what}-${before.length + 1}`;
}

function bodyOf(ctx: Ctx, o: OrderOf, about: OrderText['about'], now: UtcMs): string {
  const { shop } = ctx.settings();
  return orderText({
    shop: shop.name,
    kind: o.kind,
    what: o.what,
    size: o.size,
    ref: o.ref,
    about,
    until: o.kind === 'hold' ? o.dueOn : null,
    today: shopDay(now, shop.zone),
    hours: hoursLine(shop.hours, o.language),
    language: o.language,
  });
}

/**
 * Queues one service text about an order by the one gate: with the order's own permission, or the standing one for service texts. What
 * can never leave is not queued but said, so that staff call instead.
 */
function tell(ctx: Ctx, trx: Trx, o: OrderOf, about: OrderText['about'], expiresAt: UtcMs): OrderNews {
  const phone: PhoneE164 | null = o.phone ?? o.phoneNow;
  if (phone === null) return { text: false, why: 'no-phone' };
  if (!realTextsReach(ctx, phone)) return { text: false, why: 'country' };
  const now = ctx.clock.now();
  const body = bodyOf(ctx, o, about, now);
  const facts = sendFacts(
    ctx,
    { phone, customerId: o.customerId, messageClass: 'service', causedAt: null, about: { order: o.ref }, body },
    now,
  );
  const when = whenMayLeave(facts, now);
  if (when.kind === 'never') {
    return { text: false, why: when.reason === 'not-agreed' ? 'no-tick' : when.reason };
  }
  const what = causeFor(trx, o.ref, about);
  if (what === null) return { text: false, why: 'told-already' };
  const { segments } = countSegments(body);
  enqueue(trx, {
    cause: orderCause(o.ref, what),
    address: phone,
    customerId: o.customerId,
    messageClass: 'service',
    body,
    segments,
    quotedPrice: (segments * ctx.settings().texting.pricePerSegment) as Micros,
    notBefore: now,
    expiresAt,
    now,
  });
  return { text: true, leavesAt: when.kind === 'now' ? now : when.at };
}

/** "It is ready": one text to whoever asked for it. In the transaction that made it ready. */
export const tellReady = (ctx: Ctx, trx: Trx, o: OrderOf): OrderNews => tell(ctx, trx, o, 'ready', (ctx.clock.now() + LASTS_MS) as UtcMs);

const AT_ONCE = 200;

/** All of them, some at a time: those nobody is reminded of (a hold for the same day) stay in the list for as long as they are open. */
function* mayRemind(ctx: Ctx): Generator<OrderOf> {
  for (let last: OrderOf | null = null; ; ) {
    const some = ordersToRemind(ctx.db, AT_ONCE, last);
    yield* some;
    last = some.at(-1) ?? null;
    if (last === null || some.length < AT_ONCE) return;
  }
}

/**
 * Reminds, once, of what waits to be fetched: a hold on its last day, anything else some days after it was ready. Returns how many were
 * queued. Safe to call at any time: the reminder and the note that it was given are one transaction.
 */
export function remindUncollected(ctx: Ctx): number {
  const now = ctx.clock.now();
  const { shop } = ctx.settings();
  let queued = 0;
  for (const o of mayRemind(ctx)) {
    const due = reminderOf(o, shop);
    if (due === null || due.at > now) continue;
    withConsent(ctx, (trx) => {
      if (!setReminded(trx, o.id, now)) return;
      // slept over its hour: the last day is over, there is nothing to remind of
      if (due.until === null || due.until > now) {
        const news = tell(ctx, trx, o, 'reminder', due.until ?? ((now + LASTS_MS) as UtcMs));
        if (news.text) queued++;
      }
      journalWith(ctx, { kind: 'order', at: now, row: orderFact(trx, o.id) });
    });
  }
  if (queued > 0) {
    ctx.changed('counter', 'outbox');
    wakeSender(ctx);
  }
  return queued;
}
