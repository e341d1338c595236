import type { Db, Trx } from '@db/open';
import { noteHistory } from '@db/queries/purchase-history';
import { isExchangeDay } from '@domain/customers/exchange';
import type { CustomerId } from '@domain/kernel';
import type { PersonFacts, SaleFact } from '@domain/segments/evaluate';
import type { PermissionState } from '@domain/segments/rule';

/** A person with everything a rule may ask, as written to the file and as the rules read it in memory. */
export interface GeneratedSale extends Omit<SaleFact, 'sold' | 'visit' | 'spend'> {
  kind: 'sale' | 'refund';
  status: 'completed' | 'refunded' | 'partially-refunded' | 'void';
  net: number;
  tax: number;
  refunded: number;
}
export interface GeneratedPerson
  extends Omit<PersonFacts, 'sales' | 'permitted' | 'permission' | 'redemptions' | 'texts' | 'repliedTo' | 'tapped'> {
  consent: readonly { purpose: string; state: PermissionState }[];
  sales: readonly GeneratedSale[];
  redemptions: readonly { offerId: number; campaignId: number | null; at: number; reversed: boolean }[];
  texts: readonly { campaignId: number; state: 'delivered' | 'sent' | 'failed' | 'skipped'; leftAt: number | null; by?: 'sms' | 'email' }[];
  repliedTo: readonly number[];
  taps: readonly { campaignId: number; counts: boolean }[];
}

export const OFFERS = [1, 2] as const;
/** Campaign id → end of its window (null = not frozen). */
export const CAMPAIGNS: Readonly<Record<number, number | null>> = { 1: Date.UTC(2026, 10, 10, 5), 2: null };

/** Fixed lists people may be on. */
export const LISTS = [1, 2] as const;

/** What a mail's state is called where a text's is. */
const MAIL_STATE = { delivered: 'sent', sent: 'uncertain', failed: 'bounced', skipped: 'cancelled' } as const;

/** What evaluate.ts should see of a generated person. */
export function factsOf(p: GeneratedPerson): PersonFacts {
  const { consent, sales, redemptions, texts, taps, ...rest } = p;
  const counts = (s: GeneratedSale) => s.status !== 'void';
  const sold = (s: GeneratedSale) => s.kind === 'sale' && (s.status === 'completed' || s.status === 'partially-refunded');
  return {
    ...rest,
    permitted: p.phone === null ? [] : consent.filter((c) => c.state === 'in').map((c) => c.purpose),
    permission: (p.phone === null ? undefined : consent.find((c) => c.purpose === 'marketing')?.state) ?? 'never',
    sales: sales.map((s) => ({
      at: s.at,
      day: s.day,
      gift: s.gift,
      lines: s.lines,
      sold: sold(s),
      visit: sold(s) && !isExchangeDay(sales.filter((x) => x.day === s.day)),
      spend: counts(s) ? s.net + s.tax - s.refunded : 0,
    })),
    tapped: taps.filter((t) => t.counts).map((t) => t.campaignId),
    redemptions: redemptions.filter((r) => !r.reversed).map(({ offerId, campaignId, at }) => ({ offerId, campaignId, at: at as never })),
    texts: texts.map((t) => ({
      campaignId: t.campaignId,
      delivered: t.state === 'delivered' && (t.by !== 'email' || t.leftAt !== null),
      // a mail that was called off did not leave, whatever was thought of it before
      leftAt: (t.by === 'email' && t.state === 'skipped' ? null : t.leftAt) as never,
      windowEndsAt: (CAMPAIGNS[t.campaignId] ?? null) as never,
    })),
  };
}

/** Writes generated people; ids are 1… in order. Phones must be distinct where consent differs. */
export function writePeople(db: Db, people: readonly GeneratedPerson[]): void {
  const raw = db.raw;
  raw
    .prepare(
      `INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (1, 'f', 'h', 1, 'p', 's', '{}', 'done', 0)`,
    )
    .run();
  for (const id of OFFERS) {
    raw
      .prepare("INSERT INTO offer (id, name, kind, valid_days, code_mode, created_at) VALUES (?, 'o', 'other', 14, 'personal', 0)")
      .run(id);
  }
  for (const [id, ends] of Object.entries(CAMPAIGNS)) {
    raw
      .prepare("INSERT INTO campaign (id, name, state, created_at, updated_at, window_ends_at) VALUES (?, 'c', 'finished', 0, 0, ?)")
      .run(Number(id), ends);
  }
  const person = raw.prepare(
    `INSERT INTO customer (id, phone, email, language, birthday, tags, visits, spend, visits_365, spend_365, first_visit_at, last_visit_at,
       median_gap_days, gap_count, link_capable, phone_kind, phone_problem, street, city, postal_code, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
  );
  const sale = raw.prepare(
    `INSERT INTO sale (source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, tax, refunded, is_gift, import_id)
     VALUES ('t', ?, ?, ?, ?, ?, ?, 'USD', ?, ?, ?, ?, ?, 1)`,
  );
  const line = raw.prepare(
    'INSERT INTO sale_line (sale_id, line_no, name, category, qty_milli, gross, net) VALUES (?, ?, ?, ?, 1000, 0, 0)',
  );
  const book = raw.prepare('INSERT OR IGNORE INTO address_book (address, address_hmac) VALUES (?, ?)');
  const consent = raw.prepare(
    "INSERT OR REPLACE INTO consent_state (address_hmac, channel, purpose, state, since, event_id) VALUES (?, 'sms', ?, ?, 0, 1)",
  );
  const code = raw.prepare("INSERT INTO offer_code (code, offer_id, state, issued_at, expires_at) VALUES (?, ?, 'issued', 0, 0)");
  const redemption = raw.prepare(
    "INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, how, reversed_at) VALUES (?, ?, ?, ?, ?, 'code', ?)",
  );
  const text = raw.prepare(
    `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at,
       created_at, updated_at) VALUES ('campaign', ?, 'sms', ?, ?, 'marketing', 10, ?, 'b', 1, 0, ?, 0, 0)`,
  );
  const mailed = raw.prepare(
    `INSERT INTO mail (cause_kind, cause_id, address, customer_id, message_class, state, language, subject, body, message_id, token, not_before,
       left_at, created_at, updated_at) VALUES ('campaign', ?, ?, ?, 'marketing', ?, 'en', 's', 'b', ?, 't', 0, ?, 0, 0)`,
  );
  const reply = raw.prepare(
    `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id, campaign_id)
     VALUES (?, '+1', '+1', 'x', 0, 0, 'message', ?, ?)`,
  );
  raw.prepare("INSERT INTO link_source (id, base, path, connected_at) VALUES (1, 'shop.example/t/', '/clicks.csv', 0)").run();
  const link = raw.prepare('INSERT INTO link_code (code, campaign_id, customer_id, made_at) VALUES (?, ?, ?, 0)');
  const tap = raw.prepare('INSERT INTO tap (code, at, discounted, read_at) VALUES (?, 0, ?, 0)');
  for (const id of LISTS) {
    raw.prepare("INSERT INTO segment (id, name, rule, created_at, updated_at, fixed_at) VALUES (?, 'l', '{\"all\":[]}', 0, 0, 0)").run(id);
  }
  const onList = raw.prepare('INSERT INTO segment_person (segment_id, customer_id) VALUES (?, ?)');
  let n = 0;
  people.forEach((p, i) => {
    const id = i + 1;
    person.run(
      id,
      p.phone,
      p.email,
      p.language,
      p.birthday,
      JSON.stringify(p.tags),
      p.visits,
      p.spend,
      p.visits365,
      p.spend365,
      p.firstVisitAt,
      p.lastVisitAt,
      p.medianGapDays,
      p.gapCount,
      p.linkCapable,
      p.phoneKind,
      p.phoneProblem,
      p.street,
      p.city,
      p.postalCode,
    );
    for (const l of p.lists) onList.run(l, id);
    if (p.phone !== null) {
      book.run(p.phone, `hmac-${p.phone}`);
      for (const c of p.consent) consent.run(`hmac-${p.phone}`, c.purpose, c.state);
    }
    for (const s of p.sales) {
      const r = sale.run(String(++n), s.kind, s.status, s.at, s.day, id, s.net, s.net, s.tax, s.refunded, s.gift ? 1 : 0);
      s.lines.forEach((l, no) => {
        line.run(r.lastInsertRowid, no + 1, l.name, l.category);
      });
    }
    for (const r of p.redemptions) {
      const c = `C${++n}`;
      code.run(c, r.offerId);
      redemption.run(c, r.offerId, r.campaignId, id, r.at, r.reversed ? 1 : null);
    }
    for (const t of p.texts.filter((x) => x.by === 'email'))
      mailed.run(String(t.campaignId), `p${++n}@example.com`, id, MAIL_STATE[t.state], `<m${n}@x>`, t.leftAt);
    for (const t of p.texts.filter((x) => x.by !== 'email')) text.run(String(t.campaignId), `+1555${++n}`, id, t.state, t.leftAt);
    for (const c of p.repliedTo) reply.run(`SM${++n}`, id, c);
    for (const t of p.taps) {
      link.run(`L${++n}`, t.campaignId, id);
      tap.run(`L${n}`, t.counts ? null : 'robot');
    }
    if (p.sales.length > 0) noteHistory(db, id as CustomerId);
  });
}

/** A number that may get marketing texts, without a word in the ledger: what counts people reads no further than this. */
export function mayBeTexted(trx: Trx, phone: string): void {
  trx.prepare('INSERT INTO address_book VALUES (?, ?)').run(phone, `h${phone}`);
  trx
    .prepare(
      "INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, event_id) VALUES (?, 'sms', 'marketing', 'in', 4, 0, 1)",
    )
    .run(`h${phone}`);
}
