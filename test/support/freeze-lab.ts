import { createHmac } from 'node:crypto';
import { migrate } from '@db/migrate';
import { type Db, openDb } from '@db/open';
import { countSegments } from '@domain/campaigns/sms-text';
import type { CampaignId, OfferId, PhoneE164, SegmentId } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { countedOtherwise, segmentTexts } from './segment-texts';
import { aCtx, NOON, owner, type TestCtx } from './test-ctx';

/** New York, Los Angeles, Chicago, Phoenix. */
const CODES = ['646', '213', '312', '602'];
const NAMES = ['Ana', 'Maximiliana', 'José', 'Wei', 'Siobhán', 'Bob', 'ALEXANDER', 'chris'];
const ITEMS = ['Brown boots 42', 'Shirt, white', 'Two-piece suit', 'Silk tie'];

/** A shop file of so many people who may be texted, and a tenth more who may not. */
export function makeShop(file: string, reachable: number): TestCtx {
  const db = openDb(file);
  migrate(db.raw);
  const ctx = aCtx({
    db,
    settings: {
      texting: {
        mode: 'practice',
        sender: { kind: 'number', number: '+12125559999' as PhoneE164 },
        senderApproved: true,
        segmentsPerSecond: 100,
      },
    },
  });
  const person = db.prepare(
    `INSERT INTO customer (first_name, last_name, phone, phone_kind, tags, language, link_capable, last_item, last_visit_at, visits, visits_365, postal_code, created_at, updated_at)
     VALUES (?, ?, ?, 'mobile', ?, ?, ?, ?, ?, 3, ?, '', 0, 0)`,
  );
  const book = db.prepare('INSERT INTO address_book (address, address_hmac) VALUES (?, ?)');
  const state = db.prepare(
    "INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, event_id) VALUES (?, 'sms', 'marketing', ?, 4, 0, 1)",
  );
  const total = Math.round(reachable * 1.1);
  for (let i = 0; i < total; ) {
    db.tx(() => {
      for (const end = Math.min(total, i + 5000); i < end; i++) {
        const phone = `+1${CODES[i % 4]}${String(2_000_000 + i)}`;
        const hmac = createHmac('sha256', 'x').update(phone).digest('hex');
        person.run(
          NAMES[i % NAMES.length],
          `Gomez${i}`,
          phone,
          i % 3 === 0 ? '["suits"]' : i % 3 === 1 ? '["shirts"]' : '[]',
          i % 5 === 0 ? 'es' : 'en',
          i % 7 === 0 ? 'no' : 'unknown',
          ITEMS[i % ITEMS.length],
          NOON - (1 + (i % 400)) * 86_400_000,
          i % 6,
        );
        book.run(phone, hmac);
        state.run(hmac, i < reachable ? 'in' : 'out');
      }
    });
  }
  db.raw.exec('ANALYZE');
  return ctx;
}

/** Three parts with codes of their own, in two languages, one of them with two wordings against each other. */
export function makeCampaign(ctx: TestCtx, fields: { spreadDays?: number; localHour?: number } = {}): CampaignId {
  const group = (name: string, rule: unknown) =>
    Number(
      ctx.db.prepare('INSERT INTO segment (name, rule, created_at, updated_at) VALUES (?, ?, 0, 0)').run(name, JSON.stringify(rule))
        .lastInsertRowid,
    ) as SegmentId;
  const offer = (percent: number) =>
    Number(
      ctx.db
        .prepare("INSERT INTO offer (name, kind, percent, valid_days, code_mode, created_at) VALUES (?, 'percent', ?, 20, 'personal', 0)")
        .run(`${percent} %`, percent).lastInsertRowid,
    ) as OfferId;
  return saveDraft(ctx, null, {
    name: 'Suits',
    segmentId: group('Suits', { is: 'tag', tag: 'suits' }),
    body: '{shop}: Hi {first name|there}, a free tie with your next suit. Show {code} until {ends}.',
    offerId: offer(15),
    more: [
      {
        segmentId: group('Shirts', { is: 'tag', tag: 'shirts' }),
        body: '{shop}: {first name|Hello}, {days since visit} days since your {last item|visit}! 20 % off suits: {code}, until {ends}.',
        offerId: offer(20),
      },
      { segmentId: group('All', { all: [] }), body: '{shop}: {first name|there}, 10 % off with {code} until {ends}.', offerId: offer(10) },
    ],
    words: [
      {
        part: 1,
        language: 'es',
        arm: 'a',
        links: 'any',
        body: '{shop}: Hola {first name|}, corbata gratis con su traje: {code} hasta {ends}.',
      },
      {
        part: 2,
        language: 'en',
        arm: 'b',
        links: 'any',
        body: '{shop}: {first name|Hello}, your {last item|shirt} wants a suit: {code}, 20 % off.',
      },
      { part: 3, language: 'en', arm: 'a', links: 'no', body: '{shop}: {first name|there}, 10 % off: {code}.' },
    ],
    addStopLine: true,
    holdout: 'auto',
    goal: { kind: 'redemptions', target: 100 },
    windowDays: 14,
    ...fields,
  });
}

/** Longest stretch in which nothing else had a turn, ms. */
async function watched<T>(work: () => Promise<T>): Promise<{ seconds: number; cpu: number; longestMs: number; result: T }> {
  let longestMs = 0;
  let last = performance.now();
  let going = true;
  const look = () => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (going) setImmediate(look);
  };
  setImmediate(look);
  const from = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  going = false;
  const used = process.cpuUsage(cpu);
  return { seconds: (performance.now() - from) / 1000, cpu: (used.user + used.system) / 1e6, longestMs, result };
}

/** Reviews and starts a campaign; what it took, and what stands in the file afterwards. */
export async function freeze(ctx: TestCtx, id: CampaignId) {
  const looked = await watched(() => review(ctx, id));
  const { quoteToken, people, heldOut, segments, price } = looked.result;
  if (quoteToken === null) throw new Error(`not to be sent: ${JSON.stringify(looked.result.checks)}`);
  const frozen = await watched(async () => {
    await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken }, owner));
  });
  const there = ctx.db
    .prepare(
      `SELECT count(*) AS people, count(DISTINCT code) AS codes, sum(segments) AS segments, sum(quoted_price) AS price FROM outbox
       WHERE cause_kind = 'campaign' AND cause_id = ? AND state = 'waiting'`,
    )
    .get(String(id)) as { people: number; codes: number; segments: number; price: number };
  return {
    review: { seconds: looked.seconds, cpu: looked.cpu, longestMs: looked.longestMs },
    freeze: { seconds: frozen.seconds, cpu: frozen.cpu, longestMs: frozen.longestMs },
    heldOut,
    same: there.people === people && there.codes === people && there.segments === segments && there.price === price,
    people,
  };
}

/** The same rows written plainly: no rendering, no codes, no reasons. What the disk alone takes. */
export function plainRows(db: Db, rows: number): number {
  const from = performance.now();
  db.tx((trx) => {
    trx.prepare('CREATE TABLE plain_copy AS SELECT * FROM outbox LIMIT ?').run(rows);
    trx.prepare('CREATE UNIQUE INDEX plain_copy_key ON plain_copy (cause_kind, cause_id, channel, address)').run();
    trx.prepare('DROP TABLE plain_copy').run();
  });
  return (performance.now() - from) / 1000;
}

/** Texts counted in a second, and how many of so many fuzzed ones the carrier's own calculator counts otherwise. */
export function counting(fuzzed: number): { perSecond: number; different: number } {
  const texts = [...segmentTexts(5000, 7)].map((t) => t.slice(0, 160));
  for (const t of texts) countSegments(t); // warm
  // by the processor's clock: on one thread that is the wall's, but for whatever else the machine does
  const from = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1e6;
  };
  let n = 0;
  while (spent() < 1.5) {
    for (const t of texts) countSegments(t);
    n += texts.length;
  }
  return { perSecond: n / spent(), different: countedOtherwise(segmentTexts(fuzzed)).length };
}
