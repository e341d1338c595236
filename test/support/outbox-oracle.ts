import npa from '@domain/campaigns/data/npa-tz.json';
import { DAY } from '@domain/kernel';
import BetterSqlite3 from 'better-sqlite3';

/**
 * What rules.md says about sending, written a second time from the rules alone: zones from the area-code table by the system's own
 * calendar, caps and stops from what was done, states by a table of its own. None of the app's decisions are asked.
 */

/** A breach of the rules; its message says which. */
export class Breach extends Error {}
const must = (ok: boolean, what: () => string): void => {
  if (!ok) throw new Breach(what());
};

const SHOP_ZONE = 'America/New_York';
/** The shop's own window, minutes of the day; nothing leaves in its last five. */
const WINDOW = { weekdays: [10 * 60, 19 * 60], sunday: [12 * 60, 18 * 60] } as const;
const EARLY = 5;
const AT_ONCE = 8;
const SPACING = 5 * DAY;

function wallClock(at: number, zone: string): { minute: number; sunday: boolean; month: string } {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  );
  return {
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
    sunday: parts['weekday'] === 'Sun',
    month: `${parts['year']}-${parts['month']}`,
  };
}

const zonesOf = (phone: string): readonly string[] => (npa.npa as Record<string, { z: string[] }>)[phone.slice(2, 5)]?.z ?? [SHOP_ZONE];

export interface Row {
  id: number;
  cause_kind: string;
  cause_id: string;
  message_class: string;
  address: string;
  state: string;
  reason: string | null;
  sid: string | null;
  reconcile_at: number | null;
  attempts: number;
}

/** From which state to which a text may go (rules.md §4). Anything else is a breach; a restored copy starts the story anew. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  staged: ['waiting', 'cancelled', 'gone'],
  waiting: ['sending', 'skipped', 'cancelled'],
  sending: ['waiting', 'accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed', 'rejected', 'uncertain', 'cancelled'],
  accepted: ['queued', 'sent', 'delivered', 'undelivered', 'failed'],
  queued: ['sent', 'delivered', 'undelivered', 'failed'],
  sent: ['delivered', 'undelivered', 'failed'],
  delivered: ['undelivered', 'failed'],
  undelivered: ['delivered', 'failed'],
  // refused for a passing reason it never left: may be tried again
  failed: ['delivered', 'undelivered', 'waiting'],
  rejected: ['waiting'],
  uncertain: ['waiting', 'accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed', 'cancelled'],
  skipped: [],
  cancelled: [],
};

/** Reached from `from` in any number of legal steps. */
function reachable(from: string): Set<string> {
  const seen = new Set([from]);
  for (const s of seen) for (const n of NEXT[s] ?? []) seen.add(n);
  return seen;
}
const REACHABLE = new Map(Object.keys(NEXT).map((s) => [s, reachable(s)]));

/** What the owner, staff and customers did, as far as it bears on what may leave. Times are the shop's. */
export class Known {
  /** No POST may begin from then on. */
  readonly silent = new Map<string, { at: number; why: string }>();
  /** By campaign: paused by the owner's word since. */
  readonly paused = new Map<number, number>();
  readonly cancelled = new Map<number, number>();
  /** Clicks on "send again", by cause and number. */
  readonly again = new Map<string, number>();
  /** The number somebody had, and since when it is theirs no more. */
  readonly former = new Map<string, number>();
  /** Monthly limit in micros, as it stood last and since. */
  limit: number | null = null;
  /** A copy was brought back: what it forgot is not in the shop's sums any more. */
  restoredAt: number | null = null;
  /** How far the shop's clock was ever off. */
  worstSkew = 0;
}

interface Made {
  cause: string;
  to: string;
  at: number;
  marketing: boolean;
  micros: number;
}

/** Looks at the shop file from outside, and at each text the carrier takes. */
export class Oracle {
  readonly known = new Known();
  readonly made: Made[] = [];
  private file: BetterSqlite3.Database | null = null;
  private last = new Map<number, Row>();
  private people = new Map<number, number>();
  texts = 0;

  /** Reads this file from now on, with a connection that sees only what was committed. */
  watch(path: string): void {
    this.file?.close();
    this.file = new BetterSqlite3(path, { readonly: true });
    this.last = new Map();
    this.people = new Map();
  }

  close(): void {
    this.file?.close();
    this.file = null;
  }

  all<T>(sql: string, ...values: unknown[]): T[] {
    return (this.file as BetterSqlite3.Database).prepare(sql).all(...values) as T[];
  }

  /** The carrier took a text; its answer is still on the way. `now`: the shop's time. */
  taken(to: string, body: string, now: number, price: number): void {
    this.texts++;
    const rows = this.all<Row & { started: number; body: string; month_max: number }>(
      `SELECT o.*, (SELECT max(started_at) FROM outbox_attempt a WHERE a.outbox_id = o.id AND a.finished_at IS NULL) AS started
       FROM outbox o WHERE o.address = ? AND o.body = ? AND o.state = 'sending'`,
      to,
      body,
    );
    must(rows.length === 1, () => `POST to ${to} without one committed row in sending (${rows.length}): ${body}`);
    const row = rows[0] as (typeof rows)[number];
    must(row.started !== null, () => `POST to ${to} without a committed attempt`);
    const sending = this.all<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE state = 'sending'")[0]?.n ?? 0;
    must(sending <= AT_ONCE, () => `${sending} texts under way at once`);

    const cause = `${row.cause_kind}:${row.cause_id}:${to}`;
    const marketing = row.message_class === 'marketing';
    const before = this.made.filter((m) => m.cause === cause).length;
    must(before <= (this.known.again.get(cause) ?? 0), () => `${before + 1} texts for ${cause}`);
    const owed = row.message_class === 'stop-confirmation' || row.message_class === 'help';
    if (!owed) this.mayLeave(row, to, now, marketing, cause);
    if (marketing && this.known.limit !== null && this.known.restoredAt === null) {
      const spent = this.spent(now);
      must(spent + price <= this.known.limit, () => `over the monthly limit: ${spent} + ${price} > ${this.known.limit}`);
    }
    this.made.push({ cause, to, at: now, marketing, micros: price });
  }

  /** Micros of this month's texts, as the carrier took them. */
  spent(now: number): number {
    const { month } = wallClock(now, SHOP_ZONE);
    return this.made.filter((m) => wallClock(m.at, SHOP_ZONE).month === month).reduce((n, m) => n + m.micros, 0);
  }

  private mayLeave(row: Row & { started: number }, to: string, now: number, marketing: boolean, cause: string): void {
    const { known } = this;
    const silent = known.silent.get(to);
    must(!silent || row.started < silent.at, () => `${to} texted at ${row.started} after ${silent?.why} at ${silent?.at}`);
    const read = this.all<{ at: number }>(
      "SELECT min(fetched_at) AS at FROM inbound WHERE from_address = ? AND meaning IN ('opt-out', 'hold')",
      to,
    )[0]?.at;
    must(read === null || read === undefined || row.started < read, () => `${to} texted at ${row.started}, their stop was read at ${read}`);
    if (!marketing) return;
    const former = known.former.get(`${row.cause_id}:${to}`) ?? known.former.get(to);
    must(former === undefined || row.started < former, () => `${to} is nobody's number any more since ${former}`);
    const id = Number(row.cause_id);
    for (const [what, since] of [
      ['paused', known.paused.get(id)],
      ['cancelled', known.cancelled.get(id)],
    ] as const)
      must(since === undefined || row.started < since, () => `campaign ${id} ${what} at ${since}, POST begun at ${row.started}`);

    for (const zone of zonesOf(to)) {
      const { minute, sunday } = wallClock(row.started, zone);
      const [from, until] = sunday ? WINDOW.sunday : WINDOW.weekdays;
      must(minute >= from && minute < until - EARLY, () => `${to} at minute ${minute} in ${zone}${sunday ? ', Sunday' : ''}`);
    }
    const others = this.made.filter((m) => m.to === to && m.marketing && m.cause !== cause);
    for (const m of others)
      must(now - m.at >= SPACING - 2 * known.worstSkew, () => `${to} texted for ${m.cause} ${(now - m.at) / DAY} days before ${cause}`);
    const { month } = wallClock(now, SHOP_ZONE);
    const inMonth = this.made.filter((m) => m.to === to && m.marketing && wallClock(m.at, SHOP_ZONE).month === month);
    must(inMonth.length < 4 + (known.again.get(cause) ?? 0), () => `${to} got ${inMonth.length + 1} in ${month}`);
  }

  /** After each step: nothing went back, nothing vanished, everything adds up. */
  looked(shown: { uncertain: ReadonlySet<number> }): void {
    const rows = this.all<Row>('SELECT * FROM outbox');
    for (const r of rows) {
      const before = this.last.get(r.id);
      if (before && before.state !== r.state) {
        must(REACHABLE.get(before.state)?.has(r.state) ?? false, () => `text ${r.id} went from ${before.state} to ${r.state}`);
      }
      if (before?.sid && r.sid !== before.sid)
        must(r.state === 'waiting' || r.attempts > before.attempts, () => `text ${r.id} lost its SID`);
      if (r.state === 'uncertain') must(shown.uncertain.has(r.id), () => `text ${r.id} is uncertain (${r.reason}) and not shown`);
      if (['skipped', 'cancelled', 'uncertain'].includes(r.state))
        must(r.reason !== null && r.reason !== '', () => `${r.state} without a reason`);
    }
    const still = new Set(rows.map((r) => r.id));
    for (const r of this.last.values()) if (r.state !== 'staged') must(still.has(r.id), () => `text ${r.id} (${r.state}) vanished`);
    this.last = new Map(rows.map((r) => [r.id, r]));
    this.addsUp();
  }

  private addsUp(): void {
    const started = this.all<{ id: number; people: number; text: number; rows: number; staged: number }>(
      `SELECT c.id, (SELECT count(*) FROM campaign_person p WHERE p.campaign_id = c.id) AS people,
         (SELECT count(*) FROM campaign_person p WHERE p.campaign_id = c.id AND p.arm = 'text') AS text,
         (SELECT count(*) FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT)) AS rows,
         (SELECT count(*) FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT) AND o.state = 'staged') AS staged
       FROM campaign c WHERE c.state IN ('sending', 'paused', 'finished')`,
    );
    for (const c of started) {
      must(c.staged === 0, () => `campaign ${c.id} has ${c.staged} unseen texts`);
      // several people of one number share one text
      must(c.rows <= c.text, () => `campaign ${c.id}: ${c.rows} texts for ${c.text} people`);
      const before = this.people.get(c.id);
      must(before === undefined || before === c.people, () => `campaign ${c.id}: ${before} people became ${c.people}`);
      this.people.set(c.id, c.people);
    }
  }

  /** When all is over and the carrier was well again for long enough. */
  quiet(carrier: readonly { sid: string; to: string; body: string }[], marketingWords: RegExp): void {
    const rows = this.all<Row>('SELECT * FROM outbox');
    for (const r of rows) {
      must(!['staged', 'sending'].includes(r.state), () => `text ${r.id} is still ${r.state}`);
      must(r.state !== 'uncertain' || r.reconcile_at === null, () => `text ${r.id} is looked for for ever`);
      if (r.sid !== null)
        must(
          carrier.some((m) => m.sid === r.sid),
          () => `text ${r.id} claims ${r.sid}, which is not there`,
        );
    }
    if (this.known.restoredAt !== null) return;
    const ours = new Set(rows.map((r) => r.sid));
    const open = new Set(rows.filter((r) => r.state === 'uncertain' || r.reason === 'erased').map((r) => r.address));
    const again = new Set([...this.known.again.keys()].map((k) => k.split(':').at(-1)));
    for (const m of carrier) {
      if (!marketingWords.test(m.body) || ours.has(m.sid) || open.has(m.to) || again.has(m.to)) continue;
      must(false, () => `${m.sid} to ${m.to} is nobody's`);
    }
  }
}
