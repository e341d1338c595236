import type { CustomerId, PhoneE164, ShopDay, UtcMs } from '@domain/kernel';
import { expect } from 'vitest';
import { seenDays, shopGapOf, type Told, untrue, usualOf, visitsOf } from './causes';
import type { Plan } from './plan';
import { number, pointsOf, sinceOf, wallDay } from './points';
import type { YearShop } from './shop';

const DAY_MS = 86_400_000;
const FIVE_DAYS = 5 * DAY_MS;

interface Event extends Told {
  automation: number;
  campaign: number | null;
  outcome: string;
  reason: string | null;
}

interface Text {
  sid: string;
  to: PhoneE164;
  at: number;
  causeKind: string;
  causeId: string;
  who: CustomerId | null;
  messageClass: string;
}

/**
 * Looks on while the year is played, and adds up at its end: every text at the carrier has a cause that was true when it was told, nobody
 * gets more than was promised or two texts for one cause, and points, lapses and permissions are what paper and pencil come to.
 */
export class Judge {
  private seen = new Set<string>();
  /** Causes that were told, as the shop stood then: what is not true is kept with its reason. */
  readonly lies: string[] = [];
  readonly told: Record<string, number> = {};
  /** The shop's usual gap, lowest and highest of the year. */
  private gap: { least: number; most: number } | null = null;
  private gapOn: ShopDay | null = null;

  constructor(
    private readonly plan: Plan,
    private readonly from: UtcMs,
  ) {}

  /** One that knows what this one knows. */
  twin(): Judge {
    const other = new Judge(this.plan, this.from);
    other.seen = new Set(this.seen);
    other.gap = this.gap === null ? null : { ...this.gap };
    return other;
  }

  eventsOf(shop: YearShop): Event[] {
    return shop.ctx.db
      .prepare(
        `SELECT a.id AS automation, a.kind, e.customer_id AS id, e.cause, e.at, e.outcome, e.reason, e.campaign_id AS campaign
         FROM automation_event e JOIN automation a ON a.id = e.automation_id ORDER BY e.at, a.kind, e.customer_id, e.cause`,
      )
      .all() as Event[];
  }

  readonly afterLook = (shop: YearShop): void => {
    const { db, clock } = shop.ctx;
    let gap: number | null = null;
    const shopGap = () => {
      gap ??= shopGapOf(db);
      return gap;
    };
    const today = wallDay(clock.now());
    if (this.gapOn === null || number(today) - number(this.gapOn) >= 7) {
      this.gapOn = today;
      this.gap = { least: Math.min(this.gap?.least ?? shopGap(), shopGap()), most: Math.max(this.gap?.most ?? 0, shopGap()) };
    }
    for (const e of this.eventsOf(shop)) {
      const key = `${e.kind} ${e.id} ${e.cause}`;
      if (e.outcome !== 'text' || this.seen.has(key)) continue;
      this.seen.add(key);
      this.told[e.kind] = (this.told[e.kind] ?? 0) + 1;
      const why = untrue(db, e, shopGap);
      if (why !== null) this.lies.push(`${wallDay(e.at)} ${key}: ${why}`);
    }
  };

  /** What of this year left, as the carrier's own books have it, with what the shop says it was for. */
  textsOf(shop: YearShop): Text[] {
    const rows = new Map(
      (
        shop.ctx.db
          .prepare(
            'SELECT sid, cause_kind AS causeKind, cause_id AS causeId, customer_id AS who, message_class AS messageClass FROM outbox WHERE sid IS NOT NULL',
          )
          .all() as Omit<Text, 'to' | 'at'>[]
      ).map((r) => [r.sid, r]),
    );
    return shop.carrier.sim
      .messages()
      .filter((v) => v.m.direction === 'outbound-api')
      .map((v) => {
        const row = rows.get(v.m.sid);
        expect(row, `a text nobody knows of: ${v.m.to} ${v.m.body}`).toBeDefined();
        return { ...(row as Omit<Text, 'to' | 'at'>), sid: v.m.sid, to: v.m.to as PhoneE164, at: v.m.createdAt };
      });
  }

  atEnd(shop: YearShop): { texts: number; causes: number; people: number; lapses: number; returns: number; points: number } {
    expect(this.lies).toEqual([]);
    const texts = this.textsOf(shop);
    const events = this.eventsOf(shop);
    this.causesOf(shop, texts, events);
    this.promises(shop, texts);
    this.stops(shop, texts);
    const { lapses, returns } = this.lapses(shop, events);
    return {
      texts: texts.length,
      causes: events.length,
      people: new Set(texts.map((t) => t.to)).size,
      lapses,
      returns,
      points: this.points(shop),
    };
  }

  /** Each text belongs to one cause, and each cause has one text at most. */
  private causesOf(shop: YearShop, texts: readonly Text[], events: readonly Event[]): void {
    const { db } = shop.ctx;
    const automatic = new Map(
      (
        db.prepare('SELECT campaign_id AS id, automation_id AS automation FROM automation_edition').all() as {
          id: number;
          automation: number;
        }[]
      ).map((e) => [String(e.id), e.automation]),
    );
    const names = new Map(
      (db.prepare('SELECT id, name FROM campaign').all() as { id: number; name: string }[]).map((c) => [String(c.id), c.name]),
    );
    const deliveries = new Set((db.prepare('SELECT campaign_id FROM delivery').pluck().all() as number[]).map(String));
    const planned = new Set(
      this.plan.days.flatMap((d) => [...d.morning, ...d.afternoon]).flatMap((a) => (a.do === 'campaign' ? [a.name] : [])),
    );
    const used = new Set<string>();
    for (const t of texts) {
      const about = `${t.messageClass} ${t.causeKind} ${t.causeId} to ${t.to} on ${wallDay(t.at)}`;
      // one text per cause and number, whatever it was
      const once = `${t.causeKind} ${t.causeId} ${t.to}`;
      expect(used.has(once), `twice: ${about}`).toBe(false);
      used.add(once);
      if (t.causeKind === 'campaign') {
        const automation = automatic.get(t.causeId);
        if (automation === undefined) {
          expect(planned.has(names.get(t.causeId) ?? '') || deliveries.has(t.causeId), `no such campaign: ${about}`).toBe(true);
          continue;
        }
        const causes = events.filter(
          (e) =>
            e.automation === automation &&
            e.id === t.who &&
            e.outcome === 'text' &&
            String(e.campaign) === t.causeId &&
            !used.has(keyOf(e)),
        );
        expect(causes, `one cause: ${about}`).toHaveLength(1);
        used.add(keyOf(causes[0] as Event));
      } else if (t.causeKind === 'service') {
        const ref = /^order:([^/]+)\//.exec(t.causeId)?.[1];
        const order = db.prepare('SELECT ready_at AS ready FROM customer_order WHERE ref = ?').get(ref) as
          | { ready: number | null }
          | undefined;
        expect(order?.ready ?? Number.POSITIVE_INFINITY, about).toBeLessThanOrEqual(t.at);
        const ticked = db.prepare("SELECT 1 FROM consent_event WHERE purpose = ? AND kind = 'signed-up'").get(`order:${ref}`);
        expect(ticked, `nobody asked for it: ${about}`).toBeDefined();
      } else {
        // what somebody caused: a sign-up, a question, a stop
        expect(['confirmation', 'double-opt-in', 'help', 'stop-confirmation', 'reply'], about).toContain(t.causeKind);
      }
    }
    // whoever it says was texted was
    const written = new Set(texts.map((t) => `${t.causeId} ${t.who}`));
    const mails = new Set(
      db
        .prepare('SELECT cause_id || ' + "' '" + ' || customer_id FROM mail')
        .pluck()
        .all() as string[],
    );
    const kept = new Set(
      db
        .prepare(
          "SELECT cause_id || ' ' || customer_id FROM outbox WHERE cause_kind = 'campaign' AND state IN ('skipped', 'cancelled', 'waiting', 'rejected')",
        )
        .pluck()
        .all() as string[],
    );
    for (const e of events) {
      if (e.outcome !== 'text') continue;
      const key = `${e.campaign} ${e.id}`;
      expect(written.has(key) || mails.has(key) || kept.has(key), `told and no text: ${e.kind} ${e.id} ${e.cause}`).toBe(true);
    }
    expect(new Set(events.map(keyOf)).size).toBe(events.length);
  }

  /** Five days between any two, and in no month more than the last sign-up before it said. */
  private promises(shop: YearShop, texts: readonly Text[]): void {
    const promised = (to: string, at: number): number =>
      (shop.ctx.db
        .prepare(
          `SELECT e.promise_max FROM consent_event e JOIN address_book a ON a.address_hmac = e.address_hmac
           WHERE a.address = ? AND e.purpose = 'marketing' AND e.channel = 'sms' AND e.promise_max IS NOT NULL AND e.occurred_at <= ? ORDER BY e.id DESC LIMIT 1`,
        )
        .pluck()
        .get(to, at) as number | undefined) ?? 4;
    const byNumber = new Map<string, number[]>();
    for (const t of texts) if (t.messageClass === 'marketing') byNumber.set(t.to, [...(byNumber.get(t.to) ?? []), t.at]);
    for (const [to, list] of byNumber) {
      list.sort((a, b) => a - b);
      const months = new Map<string, number>();
      list.forEach((at, i) => {
        if (i > 0) expect(at - (list[i - 1] as number), `${to} on ${wallDay(at)}`).toBeGreaterThanOrEqual(FIVE_DAYS);
        const month = wallDay(at).slice(0, 7);
        months.set(month, (months.get(month) ?? 0) + 1);
        expect(months.get(month), `${to} in ${month}`).toBeLessThanOrEqual(promised(to, at));
      });
    }
  }

  /** Nothing is made for a number that left, until it comes back; the carrier refused none of ours. */
  private stops(shop: YearShop, texts: readonly Text[]): void {
    const events = shop.ctx.db
      .prepare(
        `SELECT a.address AS "to", e.kind, e.occurred_at AS at, e.recorded_at AS recorded FROM consent_event e JOIN address_book a ON a.address_hmac = e.address_hmac
         WHERE e.channel = 'sms' AND e.purpose IN ('all', 'marketing') ORDER BY e.id`,
      )
      .all() as { to: string; kind: string; at: number; recorded: number }[];
    for (const t of texts) {
      if (t.messageClass !== 'marketing') continue;
      const last = events.filter((e) => e.to === t.to && e.recorded <= t.at).at(-1);
      expect(last?.kind, `${t.to} on ${wallDay(t.at)}`).not.toBe('stopped');
      expect(last, `never agreed: ${t.to}`).toBeDefined();
    }
    for (const [to, tally] of Object.entries(shop.carrier.sim.assertions())) expect([to, tally.createdAfterStop]).toEqual([to, 0]);
  }

  /**
   * Each absence is one lapse, however often it was looked at, and ends with one return. Whoever was away far beyond what the shop's usual gap
   * of any day of the year would allow must be among them, whoever never was must not.
   */
  private lapses(shop: YearShop, events: readonly Event[]): { lapses: number; returns: number } {
    const { db, clock } = shop.ctx;
    const end = wallDay(clock.now());
    const begin = wallDay(this.from);
    const { least, most } = this.gap ?? { least: 45, most: 45 };
    const permitted = db
      .prepare(
        `SELECT c.id FROM customer c JOIN address_book a ON a.address = c.phone WHERE NOT EXISTS (SELECT 1 FROM consent_event e
           WHERE e.address_hmac = a.address_hmac AND e.kind = 'stopped') AND EXISTS (SELECT 1 FROM consent_event e
           WHERE e.address_hmac = a.address_hmac AND e.purpose = 'marketing' AND e.kind IN ('signed-up', 'agreed') AND e.recorded_at < ?)`,
      )
      .pluck()
      .all(this.from) as CustomerId[];
    let lapses = 0;
    let returns = 0;
    for (const id of permitted) {
      const visits = visitsOf(db, id);
      const seen = seenDays(db, id);
      const mine = events.filter((e) => e.id === id && e.kind === 'lapsed');
      // one at most between two visits
      expect(new Set(mine.map((e) => e.cause)).size).toBe(mine.length);
      visits.forEach((day, i) => {
        const until = visits[i + 1] ?? end;
        const here = seen.some((d) => d >= day && d <= until);
        const away = number(until) - number(day);
        const of = mine.filter((e) => e.cause === `lapse:${day}`);
        const known = visits.slice(0, i + 1);
        const soonest = Math.max(31, Math.floor(3 * usualOf(known, least)) + 1);
        const latest = Math.max(31, Math.floor(3 * usualOf(known, most)) + 1);
        if (away < soonest) expect(of, `${id} not lapsed after ${day}`).toHaveLength(0);
        // switched on during the year, and with the slack of a till file that came a week late
        const due = number(day) + latest;
        if (!here && due > number(begin) + 1 && away > latest + 16 && due + 16 < number(end)) {
          expect(of, `${id} lapsed after ${day}`).toHaveLength(1);
          lapses++;
          if (visits[i + 1] !== undefined) returns++;
        }
      });
    }
    return { lapses, returns };
  }

  /** Every account, its ledger, and the sum by hand. */
  private points(shop: YearShop): number {
    const { db, clock } = shop.ctx;
    const since = sinceOf(db);
    const rows = db
      .prepare(
        `SELECT c.id, (SELECT balance FROM points_account p WHERE p.customer_id = c.id) AS balance,
           (SELECT sum(points) FROM points_entry e WHERE e.customer_id = c.id) AS ledger FROM customer c`,
      )
      .all() as { id: CustomerId; balance: number | null; ledger: number | null }[];
    let sum = 0;
    for (const r of rows) {
      const { balance } = pointsOf(db, r.id, since, clock.now());
      expect([r.id, r.balance ?? 0, r.ledger ?? 0]).toEqual([r.id, balance, balance]);
      sum += balance;
    }
    return sum;
  }
}

const keyOf = (e: Event): string => `event ${e.automation} ${e.id} ${e.cause}`;

/**
 * All that was decided and all that was sent, in words that are the same in every world: without numbers a file gave out. Sorted.
 */
export function chronicle(shop: YearShop, judge: Judge): { causes: string[]; texts: string[] } {
  const { db } = shop.ctx;
  const one = (sql: string, ...p: unknown[]) =>
    db
      .prepare(sql)
      .pluck()
      .get(...(p as never[])) as string | null | undefined;
  const named = (cause: string): string => {
    const [name, what = ''] = [cause.slice(0, cause.indexOf(':')), cause.slice(cause.indexOf(':') + 1)];
    if (name === 'order') return `order ${one('SELECT what FROM customer_order WHERE ref = ?', what)}`;
    if (name === 'code')
      return `code of ${one('SELECT o.name FROM offer_code k JOIN offer o ON o.id = k.offer_id WHERE k.code = ?', what)} on ${wallDay(Number(one('SELECT issued_at FROM offer_code WHERE code = ?', what)))}`;
    return cause;
  };
  const person = (id: number | null) => one("SELECT coalesce(phone, '') || ' ' || first_name FROM customer WHERE id = ?", id);
  const events = judge.eventsOf(shop);
  const causes = events.map((e) => `${e.kind}, ${person(e.id)}, ${named(e.cause)}: ${e.outcome} ${e.reason ?? ''}`).sort();
  const texts = judge
    .textsOf(shop)
    .map((t) => {
      const mine = events.find(
        (e) => String(e.campaign) === t.causeId && t.causeKind === 'campaign' && e.id === t.who && e.outcome === 'text',
      );
      const why =
        t.causeKind === 'campaign'
          ? mine
            ? `${mine.kind} ${named(mine.cause)}`
            : one('SELECT name FROM campaign WHERE id = ?', t.causeId)
          : t.causeKind === 'service'
            ? `${named(t.causeId.replace(/\/.*/, ''))} ${t.causeId.replace(/.*\//, '')}`
            : t.causeKind;
      return `${wallDay(t.at)} ${t.to} ${t.messageClass}: ${why}`;
    })
    .sort();
  return { causes, texts };
}
