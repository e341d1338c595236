import type { Trx } from '@db/open';
import { customerById } from '@db/queries/customers';
import { type DrawRow, drawsTaking, entryOf, hasEntered, insertEntry, type NewEntry, repliesBetween, ticketTaken } from '@db/queries/draws';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { addressHmac } from '@domain/consent/hmac';
import { tidyName } from '@domain/customers/name';
import { toE164 } from '@domain/customers/phone';
import { ticketOf } from '@domain/draws/draw';
import { AppError } from '@domain/errors';
import { replyWordIn } from '@domain/inbox/campaign-words';
import type { CustomerId, PhoneE164, ShopDay, UtcMs } from '@domain/kernel';
import { isMinor } from '@domain/outreach/reach';
import type { Ctx, Session } from '../ctx';
import { journalEntries } from './journal';

type Fresh = Omit<NewEntry, 'ticket' | 'personKey'>;

/** One entry each: by the number, else by the record, else by the name. The key tells nobody who it is. */
const personKey = (ctx: Ctx, e: Fresh): string =>
  addressHmac(ctx.hmacKey, e.phone ?? (e.customerId === null ? `draw-name:${e.name.toLowerCase()}` : `draw-person:${e.customerId}`));

/** Null = they are in it already. */
function enter(ctx: Ctx, trx: Trx, e: Fresh): NewEntry | null {
  // their number may be new, or another than the one they entered with
  if (e.customerId !== null && hasEntered(trx, e.drawId, e.customerId)) return null;
  let ticket = ticketOf(ctx.randomBytes);
  while (ticketTaken(trx, e.drawId, ticket)) ticket = ticketOf(ctx.randomBytes);
  const entry = { ...e, ticket, personKey: personKey(ctx, e) };
  return insertEntry(trx, entry) ? entry : null;
}

/** Takes in whoever answered with the word in time; a reply read late counts by when it was written. Returns how many are new. */
export function enterReplies(ctx: Ctx, d: DrawRow): number {
  const { word } = d;
  const { zone } = ctx.settings().shop;
  if (word === null || d.state !== 'open') return 0;
  const said = repliesBetween(ctx.db, d.id, d.opensAt, d.closesAt).filter((r) => replyWordIn([word], r.body) !== null);
  if (said.length === 0) return 0;
  const entered = ctx.db.tx((trx) =>
    said.flatMap((r) => {
      if (isMinor(r.birthday, shopDay(r.at, zone))) return [];
      const of = { drawId: d.id, customerId: r.customerId, name: r.name, phone: r.address, inboundSid: r.sid, at: r.at };
      return enter(ctx, trx, { ...of, how: 'reply', staffId: null }) ?? [];
    }),
  );
  journalEntries(ctx, entered);
  return entered.length;
}

/** Draws that take entries now, for whoever stands at the counter: name, prize and last day. */
export function openAtCounter(
  ctx: Ctx,
  customerId: CustomerId | null,
): { id: number; name: string; prize: string; closesOn: ShopDay; entered: boolean }[] {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const person = customerId === null ? null : customerById(ctx.db, customerId);
  return drawsTaking(ctx.db, now).map((d) => ({
    id: d.id,
    name: d.name,
    prize: d.rules.prize,
    closesOn: shopDay((d.closesAt - 1) as UtcMs, zone),
    entered:
      person !== null &&
      (hasEntered(ctx.db, d.id, person.id) ||
        entryOf(ctx.db, d.id, personKey(ctx, { customerId, phone: person.phone, name: '' } as Fresh)) !== null),
  }));
}

export interface CounterEntry {
  drawId: number;
  /** The person in front, or null with a name and a number typed. */
  customerId: CustomerId | null;
  name?: string | undefined;
  phone?: string | undefined;
  how?: 'counter' | 'paper' | undefined;
}

/**
 * The free entry at the counter: no purchase, no permission for texts, nothing of the kind is asked or given.
 * @throws AppError draw.not-open | draw.entered-already | input.invalid {field} | customer.not-found
 */
export function enterAtCounter(ctx: Ctx, session: Session, o: CounterEntry): { ticket: string } {
  const now = ctx.clock.now();
  const { shop } = ctx.settings();
  const d = drawsTaking(ctx.db, now).find((x) => x.id === o.drawId);
  if (!d) throw new AppError('draw.not-open');
  const person = o.customerId === null ? null : customerById(ctx.db, o.customerId);
  if (o.customerId !== null && !person) throw new AppError('customer.not-found');
  if (person && isMinor(person.birthday, shopDay(now, shop.zone))) throw new AppError('consent.under-age');
  const name = person ? `${person.firstName} ${person.lastName}`.trim() || person.company : tidyName(o.name);
  const typed = person || !o.phone?.trim() ? null : toE164(o.phone, shop.country);
  if (typed && !typed.ok) throw new AppError('input.invalid', { field: 'phone' });
  const phone: PhoneE164 | null = person ? person.phone : (typed?.phone ?? null);
  if (!person && (name === '' || phone === null)) throw new AppError('input.invalid', { field: name === '' ? 'name' : 'phone' });
  const made = ctx.db.tx((trx) => {
    const entry = enter(ctx, trx, {
      drawId: d.id,
      customerId: o.customerId,
      name,
      phone,
      how: o.how ?? 'counter',
      inboundSid: null,
      at: now,
      staffId: session.staffId,
    });
    if (!entry) throw new AppError('draw.entered-already');
    audit(trx, { at: now, staffId: session.staffId, action: 'draw.entered', subject: String(d.id), detail: { ticket: entry.ticket } });
    return entry;
  });
  journalEntries(ctx, [made]);
  return { ticket: made.ticket };
}
