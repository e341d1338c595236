import { addDays, startOfDay } from '@domain/calendar';
import { countSegments } from '@domain/campaigns/sms-text';
import type { CustomerId, UtcMs, Zone } from '@domain/kernel';
import { DAY, HOUR, MINUTE } from '@domain/kernel';
import { showCode } from '@domain/offers/code';
import type { Db } from '../open';
import { recreditEverybody } from '../queries/attribution';
import { refreshOne } from '../queries/customer-stats';
import { INSTALL_DAY, instantAt, type SeedDay } from './days';
import { TOWNS } from './names';
import { instantOfVisit, linkedOn, type PastRedemption, type PastResult, visitKey } from './past';
import type { SeedPerson } from './people';
import { Rng } from './random';
import type { PersonTotals, Receipt } from './sales';

/** The demo shop; an invented one. */
export const DEMO_SHOP = {
  name: 'Juniper & Main',
  street: '314 Wall St',
  city: 'Kingston',
  region: 'NY',
  postalCode: '12401',
  country: 'US',
  currency: 'USD',
  phone: '+18455550142',
  email: 'hello@juniperandmain.example',
  website: 'juniperandmain.example',
};
export const SENDER = '+18455550142';
/** Millionths of a dollar per segment: carrier fee included. */
const PRICE = 11_300;

/** The files the shop imported so far: the history on the first day, then one a month, the last one this morning. */
export function writeImports(db: Db, days: readonly SeedDay[], now: UtcMs): (dayIndex: number) => number {
  const ends = [INSTALL_DAY - 1];
  for (let d = INSTALL_DAY + 29; d < days.length - 1; d += 30) ends.push(d);
  ends.push(days.length - 1);
  const add = db.raw.prepare(`INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, counts, first_sale_at,
    last_sale_at, created_at, finished_at) VALUES (?, ?, ?, ?, 'square-items', 'square', '{}', 'done', '{}', ?, ?, ?, ?)`);
  const rng = new Rng('imports');
  db.tx(() => {
    let from = 0;
    for (const [i, end] of ends.entries()) {
      const first = days[from] as SeedDay;
      const last = days[end] as SeedDay;
      const ran = i === ends.length - 1 ? Math.min(now - MINUTE, last.noon + 20 * HOUR) : last.noon + 20 * HOUR;
      const name = `items-${first.day}-${last.day}.csv`;
      add.run(
        i + 1,
        name,
        rng.text('0123456789abcdef', 64),
        (end - from + 1) * 9_413,
        instantAt(first, 545),
        instantAt(last, 1075),
        ran - MINUTE,
        ran,
      );
      from = end + 1;
    }
  });
  return (day) => ends.findIndex((end) => day <= end) + 1;
}

/** People and the till's ids for them. `customer.id` is the person's index + 1. */
export function writePeople(db: Db, people: readonly SeedPerson[], days: readonly SeedDay[], importOf: (d: number) => number): void {
  const add =
    db.raw.prepare(`INSERT INTO customer (id, first_name, last_name, phone, phone_raw, phone_kind, email, language, birthday, street, city,
    region, postal_code, country, weak, created_at, updated_at, import_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'US', ?, ?, ?, ?)`);
  const identity = db.raw.prepare(
    "INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how, import_id) VALUES ('square', ?, ?, ?, 'import', ?)",
  );
  inChunks(db, people, 20_000, (p, i) => {
    const first = Math.floor((p.visits[0] ?? 0) / 1440);
    const known = p.squareId !== null ? Math.min(days.length - 1, linkedOn(first)) : Math.max(first, INSTALL_DAY);
    const at = (days[known] as SeedDay).noon - 4 * HOUR;
    const town = TOWNS[p.town] as (typeof TOWNS)[number];
    const home = p.weak || !p.email;
    const imported = p.squareId === null ? null : importOf(known);
    add.run(
      i + 1,
      p.firstName,
      p.lastName,
      p.phone,
      p.phone ? `(${p.phone.slice(2, 5)}) ${p.phone.slice(5, 8)}-${p.phone.slice(8)}` : null,
      p.phoneKind,
      p.email,
      p.language,
      p.birthday,
      home ? '' : p.street,
      home ? '' : town[0],
      home ? '' : town[1],
      home ? '' : town[2],
      p.weak ? 1 : 0,
      at,
      at,
      imported,
    );
    if (p.squareId !== null) identity.run(p.squareId, i + 1, at, imported);
  });
}

/** The sums the customer list sorts and filters by; same definitions as db/queries/customer-stats.ts. */
export function writeTotals(db: Db, totals: readonly (PersonTotals | undefined)[], days: readonly SeedDay[]): void {
  const set =
    db.raw.prepare(`UPDATE customer SET visits = ?, spend = ?, first_visit_at = ?, last_visit_at = ?, visits_365 = ?, spend_365 = ?,
    median_gap_days = ?, gap_count = ?, last_item = ? WHERE id = ?`);
  const yearBegins = (days[Math.max(0, days.length - 365)] as SeedDay).day;
  inChunks(db, totals, 20_000, (t, i) => {
    if (!t) return;
    if (t.backs?.some((d) => t.days.includes(d))) {
      refreshOne(db, (i + 1) as CustomerId, yearBegins); // an exchange is no visit: the app's own count
      return;
    }
    const gaps = t.days
      .slice(1)
      .map((d, k) => d - (t.days[k] as number))
      .sort((a, b) => a - b);
    const middle = gaps.length >> 1;
    const median =
      gaps.length === 0 ? null : gaps.length % 2 ? (gaps[middle] as number) : ((gaps[middle - 1] as number) + (gaps[middle] as number)) / 2;
    const year = t.days.filter((d) => days.length - d <= 365).length;
    set.run(t.days.length, t.spend, t.firstAt, t.lastAt, year, t.spend365, median, gaps.length, t.lastItem, i + 1);
  });
}

/** Offers, campaigns, who was drawn, texts, codes, replies. */
export function writeCampaigns(
  db: Db,
  people: readonly SeedPerson[],
  results: readonly PastResult[],
  redemptions: readonly PastRedemption[],
  zone: Zone,
  now: UtcMs,
): void {
  const offer = db.raw.prepare(`INSERT INTO offer (id, name, kind, percent, terms, valid_days, code_mode, created_at)
    VALUES (?, ?, 'percent', ?, 'One use. Not with other offers.', ?, 'personal', ?)`);
  const campaign =
    db.raw.prepare(`INSERT INTO campaign (id, name, state, body, offer_id, holdout, holdout_percent, window_days, sender, created_at,
    updated_at, started_at, finished_at, window_ends_at, rule) VALUES (?, ?, 'finished', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const member = db.raw.prepare(`INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, stratum, till_fixed, drawn_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const text =
    db.raw.prepare(`INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments,
    quoted_price, code, not_before, expires_at, brake_rank, attempts, sid, sender, error_code, left_at, final_at, price, price_currency,
    carrier_segments, created_at, updated_at)
    VALUES ('campaign', ?, 'sms', ?, ?, 'marketing', 10, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 'USD', ?, ?, ?)`);
  const code = db.raw.prepare(`INSERT INTO offer_code (code, offer_id, campaign_id, customer_id, state, issued_at, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const inbound =
    db.raw.prepare(`INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, rule, customer_id,
    campaign_id, handled, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`);
  const used = new Set(redemptions.map((r) => r.code));
  const rng = new Rng('campaign rows');
  const sid = () => `SM${rng.text('0123456789abcdef', 32)}`;
  for (const r of results) {
    const expires = (startOfDay(addDays(r.day, r.plan.windowDays + 1), zone) - 1) as UtcMs;
    const until = endsText(addDays(r.day, r.plan.windowDays));
    const offerId = r.plan.percentOff === null ? null : r.id;
    const deal = r.plan.percentOff === null ? '' : ` ${r.plan.percentOff}% off one item with code {code} until {ends}.`;
    const body = `{shop}: Hi {first name|there}, ${r.line}.${deal}`;
    const last = r.texts[r.texts.length - 1];
    db.tx(() => {
      if (offerId !== null)
        offer.run(offerId, `${r.plan.percentOff}% off one item`, r.plan.percentOff, r.plan.windowDays, r.startedAt - HOUR);
      campaign.run(
        r.id,
        r.name,
        body,
        offerId,
        r.plan.holdout,
        r.percentHeldOut,
        r.plan.windowDays,
        SENDER,
        r.startedAt - DAY,
        r.startedAt,
        r.startedAt,
        last ? last.finalAt : r.startedAt,
        r.windowEndsAt,
        r.plan.audience === 'quiet-60' ? JSON.stringify({ is: 'last-visit', op: 'over', days: 60 }) : null,
      );
    });
    inChunks(db, [...r.arms], 20_000, ([i, a]) => {
      member.run(r.id, i + 1, people[i]?.phone ?? null, a.arm, a.stratum, a.tillFixed ? 1 : 0, r.startedAt);
    });
    inChunks(db, r.texts, 20_000, (t, n) => {
      const p = people[t.person] as SeedPerson;
      if (t.code && offerId !== null) {
        code.run(
          t.code,
          offerId,
          r.id,
          t.person + 1,
          used.has(t.code) ? 'redeemed' : expires < now ? 'expired' : 'issued',
          t.leftAt,
          expires,
        );
      }
      const words = body
        .replace('{shop}', DEMO_SHOP.name)
        .replace('{first name|there}', p.firstName || 'there')
        .replace('{code}', t.code ? showCode(t.code) : '')
        .replace('{ends}', until);
      const said = `${words} Reply STOP to opt out`;
      const { segments } = countSegments(said);
      const price = t.errorCode === 30006 ? 0 : PRICE * segments;
      text.run(
        String(r.id),
        p.phone,
        t.person + 1,
        t.state,
        said,
        segments,
        PRICE * segments,
        t.code,
        r.startedAt,
        r.windowEndsAt,
        n < 20 ? n : null,
        sid(),
        SENDER,
        t.errorCode,
        t.leftAt,
        t.state === 'sent' ? null : t.finalAt,
        price,
        segments,
        r.startedAt - MINUTE,
        t.finalAt,
      );
    });
    db.tx(() => {
      for (const reply of r.replies) {
        if (reply.at >= now) continue;
        const recent = reply.at > now - 10 * DAY && reply.meaning === 'message';
        inbound.run(
          sid(),
          people[reply.person]?.phone,
          SENDER,
          reply.body,
          reply.at,
          reply.at + MINUTE,
          reply.meaning,
          reply.meaning === 'opt-out' ? 'exact' : '',
          reply.person + 1,
          r.id,
          recent ? null : reply.at + HOUR,
        );
      }
    });
  }
}

/** `Sun, Nov 29`, as texts say it. */
function endsText(day: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'short', month: 'short', day: 'numeric' }).format(
    Date.parse(`${day}T12:00:00Z`),
  );
}

/** The codes typed in at the counter, tied to the sale they became. */
export function writeRedemptions(
  db: Db,
  redemptions: readonly PastRedemption[],
  results: readonly PastResult[],
  saleOf: ReadonlyMap<number, { id: number; receiptNo: string; receipt: Receipt }>,
  days: readonly SeedDay[],
): void {
  const add =
    db.raw.prepare(`INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, staff_id, how, amount, discount, receipt_no, sale_id)
    VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?)`);
  const byTime = [...redemptions].sort((a, b) => a.visit - b.visit || a.person - b.person);
  inChunks(db, byTime, 20_000, (r) => {
    const sale = saleOf.get(visitKey(r.person, r.visit));
    const result = results[r.campaign] as PastResult;
    if (!sale) return;
    const how = r.person % 4 === 0 ? 'person' : 'code';
    const at = instantOfVisit(r.visit, days) - 40_000;
    add.run(
      r.code,
      result.id,
      result.id,
      r.person + 1,
      at,
      how,
      sale.receipt.net + sale.receipt.tax,
      sale.receipt.discount,
      sale.receiptNo,
      sale.id,
    );
  });
}

/** Runs the app's own credit rules over the past, so that Results is filled from the first look. */
export const writeCredits = (db: Db): void => recreditEverybody(db);

function inChunks<T>(db: Db, items: readonly T[], size: number, write: (item: T, index: number) => void): void {
  for (let from = 0; from < items.length; from += size) {
    db.tx(() => {
      for (let i = from; i < Math.min(items.length, from + size); i++) write(items[i] as T, i);
    });
  }
}
