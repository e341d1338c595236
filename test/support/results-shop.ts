import type { CampaignId, CustomerId, OfferId, SaleId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { keepResults } from '@services/results/keeper';
import { aCtx, NOON, type TestCtx } from './test-ctx';

/** When the campaigns of these tests start; the till file reaches well past their days. */
export const START = (NOON - 120 * DAY) as UtcMs;
const MICROS = 8300;

export interface Sold {
  id?: number;
  at: number;
  net?: number;
  gross?: number;
  discount?: number;
  tax?: number;
  refunded?: number;
  kind?: 'sale' | 'refund';
  status?: string;
  receipt?: string | null;
  /** The till customer on it; left out: the person's own. */
  tillId?: string | null;
  timeKnown?: boolean;
  code?: string;
}

/** A shop of rows: people with a till identity each, campaigns as they were drawn, sales as a till file leaves them. */
export class ResultsShop {
  private sales = 0;
  constructor(readonly ctx: TestCtx = aCtx({ settings: { money: { marginPercent: 40 } } })) {}

  run(sql: string, ...args: (string | number | null)[]): void {
    this.ctx.db.raw.prepare(sql).run(...args);
  }
  get<T>(sql: string, ...args: (string | number | null)[]): T {
    return this.ctx.db.raw.prepare(sql).get(...args) as T;
  }
  all<T>(sql: string, ...args: (string | number | null)[]): T[] {
    return this.ctx.db.raw.prepare(sql).all(...args) as T[];
  }

  /** People `from` … `to`; `linkedAt` null = the till does not know them. */
  people(from: number, to: number, linkedAt: number | null = 0): void {
    this.ctx.db.tx(() => {
      for (let id = from; id <= to; id++) {
        this.run(
          "INSERT INTO customer (id, first_name, phone, phone_kind, created_at, updated_at) VALUES (?, 'Ana', ?, 'mobile', 0, 0)",
          id,
          `+1212${String(5_550_000 + id)}`,
        );
        if (linkedAt !== null) this.tillId(id, `c${id}`, linkedAt);
      }
    });
  }
  tillId(person: number, tillId: string, linkedAt: number): void {
    this.run(
      "INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how) VALUES ('square', ?, ?, ?, 'import')",
      tillId,
      person,
      linkedAt,
    );
  }

  /** Started at `at`, with its people texted a minute later, or held out. */
  campaign(
    id: number,
    o: { at?: number; days?: number; text: readonly number[]; control?: readonly number[]; offer?: OfferId | null; price?: number | null },
  ): CampaignId {
    const at = o.at ?? START;
    const control = o.control ?? [];
    const percent = Math.round((100 * control.length) / Math.max(1, control.length + o.text.length));
    this.ctx.db.tx(() => {
      this.run(
        `INSERT INTO campaign (id, name, state, offer_id, body, holdout_percent, window_days, created_at, updated_at, started_at, window_ends_at)
         VALUES (?, ?, 'finished', ?, 'x', ?, ?, ?, ?, ?, ?)`,
        id,
        `Campaign ${id}`,
        o.offer ?? null,
        percent,
        o.days ?? 14,
        at,
        at,
        at,
        at + (o.days ?? 14) * DAY,
      );
      for (const who of o.text) {
        this.drawn(id, who, 'text', at);
        this.text(id, who, at + 60_000, { price: o.price === undefined ? MICROS : o.price });
      }
      for (const who of control) this.drawn(id, who, 'control', at);
    });
    return id as CampaignId;
  }
  private drawn(id: number, who: number, arm: 'text' | 'control', at: number): void {
    const fixed =
      this.get<{ n: number }>('SELECT count(*) AS n FROM customer_identity WHERE customer_id = ? AND linked_at <= ?', who, at).n > 0;
    this.run(
      'INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, till_fixed, drawn_at) VALUES (?, ?, (SELECT phone FROM customer WHERE id = ?), ?, ?, ?)',
      id,
      who,
      who,
      arm,
      fixed ? 1 : 0,
      at,
    );
  }
  text(id: number, who: number, at: number, o: { state?: string; price?: number | null; quoted?: number | null } = {}): void {
    this.run(
      `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, price, price_currency,
         quoted_price, not_before, left_at, created_at, updated_at)
       VALUES ('campaign', ?, 'sms', (SELECT phone FROM customer WHERE id = ?), ?, 'marketing', 10, ?, 'x', 1, ?, 'USD', ?, ?, ?, ?, ?)`,
      String(id),
      who,
      who,
      o.state ?? 'delivered',
      o.price ?? null,
      o.quoted ?? MICROS,
      at,
      at,
      at,
      at,
    );
  }

  /** One row of the till file, of somebody or of nobody known. */
  sold(who: number | null, s: Sold): SaleId {
    const back = s.kind === 'refund';
    const net = back ? -Math.abs(s.net ?? 5000) : (s.net ?? 5000);
    const discount = s.discount ?? 0;
    const id = Number(
      this.ctx.db.raw
        .prepare(
          `INSERT INTO sale (id, source, source_sale_id, receipt_no, kind, status, occurred_at, time_known, shop_day, customer_id, source_customer_id, currency,
             gross, discount, net, tax, refunded, discount_code, import_id)
           VALUES (?, 'square', ?, ?, ?, ?, ?, ?, date(? / 1000, 'unixepoch', '-5 hours'), ?, ?, 'USD', ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          s.id ?? null,
          `T${s.id ?? ++this.sales}`,
          s.receipt ?? null,
          s.kind ?? 'sale',
          s.status ?? 'completed',
          s.at,
          s.timeKnown === false ? 0 : 1,
          s.at,
          who,
          s.tillId === undefined ? (who === null ? null : `c${who}`) : s.tillId,
          s.gross ?? (back ? net : net + discount),
          discount,
          net,
          s.tax ?? 0,
          s.refunded ?? 0,
          s.code ?? null,
          this.file(),
        ).lastInsertRowid,
    );
    if (who !== null) this.run("INSERT OR IGNORE INTO credit_todo (what, id) VALUES ('person', ?)", who);
    return id as SaleId;
  }
  /** One till file that reaches to yesterday; `again`: one more, so that codes look for their sales. */
  file(again = false): number {
    const known = again ? null : this.get<{ id: number | null }>('SELECT max(id) AS id FROM import').id;
    if (known !== null) return known;
    const now = this.ctx.clock.now();
    return Number(
      this.ctx.db.raw
        .prepare(
          `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, first_sale_at, last_sale_at)
           VALUES ('till.csv', '', 1, 'square-items', 'square', '{}', 'done', ?, ?, ?, ?)`,
        )
        .run(now, now, START - 90 * DAY, now - DAY).lastInsertRowid,
    );
  }

  settle = (): Promise<number> => keepResults(this.ctx);
  credits = () =>
    this.all<{ sale: number; campaign: number; who: CustomerId | null; kind: string; net: number }>(
      'SELECT sale_id AS sale, campaign_id AS campaign, customer_id AS who, kind, net FROM sale_credit ORDER BY sale_id',
    );
}
