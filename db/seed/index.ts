import type { StaffId, UtcMs, Zone } from '@domain/kernel';
import type { Db } from '../open';
import { rewriteAllHistory } from '../queries/purchase-history';
import { readSettings, saveSettings } from '../queries/settings';
import { writeConsents } from './consents';
import { pastDays, SEED_DAYS } from './days';
import { type CampaignTruth, playPast } from './past';
import { makePeople } from './people';
import { writeSales } from './sales';
import { DEMO_SHOP, writeCampaigns, writeCredits, writeImports, writePeople, writeRedemptions, writeTotals } from './write';

export type { CampaignTruth } from './past';
export { type SquareExport, writeSquareExport } from './square-export';
export { DEMO_SHOP, SENDER as DEMO_SENDER } from './write';

export interface SeedOptions {
  /** Same seed, people, now, zone and key give the same shop, byte for byte in every table. */
  readonly seed?: number;
  readonly people?: number;
  /** The story ends the evening before; 18 months long. */
  readonly now: UtcMs;
  readonly zone?: Zone;
  /** The shop's key: ledger and holdout draw use it. */
  readonly hmacKey: Uint8Array;
  /** Sale lines to reach (more or fewer anonymous sales); without it about two thirds of all receipts are anonymous. */
  readonly lines?: number;
  /** Who signed people up at the counter, in turn; nobody without them. */
  readonly staff?: readonly StaffId[];
  /** Also name the shop and its address in the settings. Default true. */
  readonly nameShop?: boolean;
}

export interface SeededShop {
  readonly people: number;
  readonly sales: number;
  readonly lines: number;
  readonly refunds: number;
  readonly campaigns: number;
  readonly texts: number;
  readonly redemptions: number;
  /** People who may be texted at the end of the story. */
  readonly mayBeTexted: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** What the past campaigns truly did; the app only sees sales. */
  readonly truth: readonly CampaignTruth[];
}

/**
 * Fills an empty shop file with a believable independent shoe-and-clothing shop: people with their own rhythm, seasons, 18
 * months of sales (two thirds without a known customer), permissions through the ledger, past campaigns with a known true
 * effect, codes, replies and stops. Fast because it writes in bulk; the file is not safe against a power cut meanwhile.
 */
export function seedShop(db: Db, options: SeedOptions): SeededShop {
  const seed = options.seed ?? 1;
  const zone = options.zone ?? ('America/New_York' as Zone);
  const taken = db.raw
    .prepare('SELECT (SELECT count(*) FROM customer) + (SELECT count(*) FROM sale) + (SELECT count(*) FROM campaign) AS n')
    .get() as { n: number };
  if (taken.n > 0) throw new Error('the demo shop is only written into an empty file');
  const days = pastDays(options.now, zone, SEED_DAYS);
  const people = makePeople(seed, options.people ?? 4000, days);
  const past = playPast(seed, people, days, zone, options.hmacKey, 1);
  const cache = db.raw.pragma('cache_size', { simple: true }) as number;
  db.raw.pragma('synchronous = OFF');
  db.raw.pragma('journal_mode = OFF'); // ignored in memory; a shop half written is thrown away anyway
  db.raw.pragma('cache_size = -400000');
  db.raw.pragma('foreign_keys = OFF');
  try {
    const importOf = writeImports(db, days, options.now);
    if (options.nameShop !== false) nameShop(db, zone, options.now);
    writePeople(db, people, days, importOf);
    writeCampaigns(db, people, past.results, past.redemptions, zone, options.now);
    const mayBeTexted = writeConsents(db, people, past.results, days, {
      zone,
      now: options.now,
      hmacKey: options.hmacKey,
      ...(options.staff && { staff: options.staff }),
    });
    const putIndexesBack = setIndexesAside(db);
    const sales = writeSales(db, {
      seed,
      people,
      days,
      results: past.results,
      redemptions: past.redemptions,
      lines: options.lines ?? null,
      importOf,
      now: options.now,
      shopName: DEMO_SHOP.name,
    });
    putIndexesBack();
    writeRedemptions(db, past.redemptions, past.results, sales.saleOf, days);
    writeTotals(db, sales.totals, days);
    rewriteAllHistory(db);
    writeCredits(db);
    db.raw.exec('ANALYZE');
    return {
      people: people.length,
      sales: sales.sales,
      lines: sales.lines,
      refunds: sales.refunds,
      campaigns: past.results.length,
      texts: past.results.reduce((n, r) => n + r.texts.length, 0),
      redemptions: past.redemptions.length,
      mayBeTexted,
      firstDay: days[0]?.day ?? '',
      lastDay: days[days.length - 1]?.day ?? '',
      truth: past.truth,
    };
  } finally {
    db.raw.pragma('foreign_keys = ON');
    db.raw.pragma(`cache_size = ${cache}`);
    db.raw.pragma('journal_mode = WAL');
    db.raw.pragma('synchronous = FULL');
  }
}

/** Building an index once over two million rows is twice as fast as keeping it up to date meanwhile. Their SQL stays as it was. */
function setIndexesAside(db: Db): () => void {
  const indexes = db.raw
    .prepare(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('sale', 'sale_line') ORDER BY rowid",
    )
    .all() as { name: string; sql: string }[];
  for (const i of indexes) db.raw.exec(`DROP INDEX ${i.name}`);
  return () => {
    for (const i of indexes) db.raw.exec(i.sql);
  };
}

function nameShop(db: Db, zone: Zone, now: UtcMs): void {
  const settings = readSettings(db);
  saveSettings(db, 'shop', { ...settings.shop, ...DEMO_SHOP, zone }, now);
}
