import { randomBytes } from 'node:crypto';
import { migrate } from '@db/migrate';
import { type Db, openDb } from '@db/open';
import { insertOffer } from '@db/queries/offers';
import { writeMeta } from '@db/queries/settings';
import type { CampaignId, Cents, CustomerId, OfferId, UtcMs } from '@domain/kernel';
import { CODE_LENGTH, makeCode, pooled, SYMBOLS } from '@domain/offers/code';
import { codesOfLife } from '@domain/offers/lives';
import { EVERY_DAY } from '@domain/offers/offer';
import type { Ctx } from '@services/ctx';
import { issueAhead } from '@services/offers/codes';

const KEY = new Uint8Array(32).fill(7);
const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const DAY = 86_400_000;

/** A file with people, an offer, and the codes of an earlier campaign: none of them may be drawn again. */
export function makeShop(file: string, people: number, epoch: number): { db: Db; offerId: OfferId } {
  const db = openDb(file);
  migrate(db.raw);
  writeMeta(db, 'epoch', String(epoch));
  const add = db.raw.prepare('INSERT INTO customer (id, first_name, phone, created_at, updated_at) VALUES (?, ?, ?, 0, 0)');
  db.raw.transaction(() => {
    for (let id = 1; id <= people; id++) add.run(id, `P${id}`, `+1646${String(2_000_000 + id)}`);
  })();
  const offerId = db.tx((trx) =>
    insertOffer(
      trx,
      {
        name: 'Fall',
        kind: 'percent',
        percent: 15,
        amount: null,
        item: '',
        bundle: null,
        points: null,
        minSpend: 0 as Cents,
        terms: '',
        items: [],
        categories: [],
        validDays: 14,
        fromDay: null,
        untilDay: null,
        weekdays: EVERY_DAY,
        fromMinute: null,
        untilMinute: null,
        codeMode: 'personal',
        codeUses: 1,
        mostUses: null,
        membersOnly: false,
        sharedCode: null,
        tillKey: '',
      },
      NOW,
    ),
  );
  return { db, offerId };
}

/** Draws and stores one code for each person, as a campaign does. Seconds, and the codes. */
export async function issueAll(
  shop: { db: Db; offerId: OfferId },
  people: number,
  campaignId: number,
): Promise<{ seconds: number; cpuSeconds: number; codes: string[] }> {
  const ctx = {
    db: shop.db,
    hmacKey: KEY,
    clock: { now: () => NOW },
    randomBytes: (n: number) => randomBytes(n),
    journal: { append: () => {} },
  } as unknown as Ctx;
  const t = performance.now();
  const cpu = process.cpuUsage();
  const customerIds = Array.from({ length: people }, (_, i) => (i + 1) as CustomerId);
  await issueAhead(ctx, { offerId: shop.offerId, campaignId: campaignId as CampaignId, customerIds, expiresAt: (NOW + 14 * DAY) as UtcMs });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - t) / 1000;
  const codes = shop.db.prepare('SELECT code FROM offer_code WHERE campaign_id = ?').pluck().all(campaignId) as string[];
  if (codes.length !== people) throw new Error(`${codes.length} codes for ${people} people`);
  return { seconds, cpuSeconds: (user + system) / 1e6, codes };
}

/** Only the drawing: as many different codes as asked for. Seconds. */
export function drawAll(count: number): number {
  const mine = codesOfLife(KEY, 3);
  const t = performance.now();
  const codes = new Set<string>();
  const bytes = pooled((n) => randomBytes(n));
  while (codes.size < count) codes.add(makeCode(bytes, mine));
  return (performance.now() - t) / 1000;
}

/** The same number of seven random symbols, with no check, no life and no care for what they read like. Seconds. */
export function plainDraw(count: number): number {
  const t = performance.now();
  const codes = new Set<string>();
  while (codes.size < count) {
    let code = '';
    for (const b of randomBytes(CODE_LENGTH)) code += SYMBOLS[b % SYMBOLS.length];
    codes.add(code);
  }
  return (performance.now() - t) / 1000;
}
