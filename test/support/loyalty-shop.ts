import { refreshOne, yearBack } from '@db/queries/customer-stats';
import { insertCustomer } from '@db/queries/customers';
import { shopDay, startOfDay } from '@domain/calendar';
import { type Cents, type CustomerId, HOUR, type OfferId, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { type LoyaltyTerms, NO_TERMS } from '@domain/loyalty/terms';
import { accountNow, keepLoyalty, programmeOf } from '@services/loyalty/keep';
import { type LoyaltyDraft, saveProgramme } from '@services/loyalty/programme';
import { saveOffer } from '@services/offers/offers';
import { aCtx, owner, type TestCtx } from './test-ctx';

export interface TillSale {
  no: string;
  who: CustomerId | null;
  day: ShopDay;
  net: number;
  item?: string;
  category?: string;
  kind?: 'sale' | 'refund';
  status?: string;
  refunded?: number;
  receiptNo?: string;
  importId?: number;
}

/** A shop with a few people, whose till is written to directly. */
export function aLoyaltyShop(options: Parameters<typeof aCtx>[0] = {}) {
  const ctx: TestCtx = aCtx(options);
  const zone = (): Zone => ctx.settings().shop.zone;
  const today = (): ShopDay => shopDay(ctx.clock.now(), zone());
  const person = (firstName: string): CustomerId => ctx.db.tx((trx) => insertCustomer(trx, { firstName }, ctx.clock.now())) as CustomerId;
  const offer = (name = 'Ten off', amount = 1000): OfferId =>
    saveOffer(ctx, owner, { id: null, name, kind: 'amount', amount: amount as Cents, codeMode: 'personal', validDays: 30 }).id;
  const refresh = (...ids: (CustomerId | null)[]) => {
    const since = yearBack(ctx.clock.now(), zone());
    for (const id of ids) if (id !== null) ctx.db.tx((trx) => refreshOne(trx, id, since));
  };
  const anImport = (id: number) =>
    ctx.db
      .prepare(
        "INSERT OR IGNORE INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (?, 'f', 'h', 1, 'square-items', 'square', '{}', 'done', 0)",
      )
      .run(id);
  /** A receipt as a file brings it; known already, it is what the file says now. */
  const sell = (s: TillSale) => {
    anImport(s.importId ?? 1);
    const had = ctx.db.prepare('SELECT id, customer_id AS who FROM sale WHERE source_sale_id = ?').get(s.no) as
      | { id: number; who: CustomerId | null }
      | undefined;
    if (had) ctx.db.prepare('DELETE FROM sale WHERE id = ?').run(had.id);
    const sign = s.kind === 'refund' ? -1 : 1;
    const { lastInsertRowid } = ctx.db
      .prepare(
        `INSERT INTO sale (source, source_sale_id, receipt_no, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, refunded, import_id)
         VALUES ('square', ?, ?, ?, ?, ?, ?, ?, 'USD', ?, ?, ?, ?)`,
      )
      .run(
        s.no,
        s.receiptNo ?? null,
        s.kind ?? 'sale',
        s.status ?? 'completed',
        startOfDay(s.day, zone()) + 12 * HOUR,
        s.day,
        s.who,
        sign * s.net,
        sign * s.net,
        s.refunded ?? 0,
        s.importId ?? 1,
      );
    ctx.db
      .prepare('INSERT INTO sale_line (sale_id, line_no, name, category, qty_milli, gross, net) VALUES (?, 1, ?, ?, ?, ?, ?)')
      .run(lastInsertRowid, s.item ?? 'Boots', s.category ?? 'Shoes', sign * 1000, sign * s.net, sign * s.net);
    refresh(had?.who ?? null, s.who);
  };
  /** Taken back with its file. */
  const unsell = (no: string) => {
    const who = ctx.db.prepare('SELECT customer_id FROM sale WHERE source_sale_id = ?').pluck().get(no) as CustomerId | null | undefined;
    ctx.db.prepare('DELETE FROM sale WHERE source_sale_id = ?').run(no);
    refresh(who ?? null);
  };
  const on = (terms: Partial<LoyaltyTerms>, more: Partial<LoyaltyDraft> = {}): OfferId => {
    const offerId = terms.rewards?.[0]?.offerId ?? offer();
    const draft: LoyaltyDraft = { terms: { ...NO_TERMS, rewards: [{ offerId, cost: 10 }], ...terms }, history: null, carry: 0, ...more };
    saveProgramme(ctx, owner, draft);
    return offerId;
  };
  const keep = () => keepLoyalty(ctx);
  const booked = (id: CustomerId): number =>
    ctx.db.prepare('SELECT coalesce(sum(points), 0) FROM points_entry WHERE customer_id = ?').pluck().get(id) as number;
  const account = (id: CustomerId): number =>
    (ctx.db.prepare('SELECT balance FROM points_account WHERE customer_id = ?').pluck().get(id) as number | undefined) ?? 0;
  /** From what is known, at once. */
  const naive = (id: CustomerId): number => accountNow(ctx, id, programmeOf(ctx)).balance;
  const pass = (days: number) => ctx.clock.set((ctx.clock.now() + days * 24 * HOUR) as UtcMs);
  return { ctx, today, person, offer, sell, unsell, refresh, on, keep, booked, account, naive, pass };
}
