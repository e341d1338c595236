import { insertVersion } from '@db/queries/loyalty';
import { noteEverybody } from '@db/queries/points';
import { readSettings, saveSettings, writeMeta } from '@db/queries/settings';
import { listStaff, saveStaff } from '@db/queries/staff';
import { type SeededShop, type SeedOptions, seedShop } from '@db/seed/index';
import { addDays, shopDay } from '@domain/calendar';
import type { Cents } from '@domain/kernel';
import { NO_TERMS } from '@domain/loyalty/terms';
import type { Ctx } from '@services/ctx';
import { saveOffer } from '@services/offers/offers';
import { hashPin } from '@services/session/pin';
import { sampleMembers } from './sample-clubs';
import { sampleReaders } from './sample-mail';
import { sampleWishes } from './sample-wishes';

/** Told on the PIN pad of a practice shop. */
export const SAMPLE_PIN = '2468';

/** A larger shop is for measuring: it is left without rewards. */
const REWARDS_FOR = 5000;
const SINCE_DAYS = 200;

/** Points that have been collected for half a year: a point a dollar, double on Tuesdays, a tier. */
function sampleRewards(ctx: Ctx): void {
  const owner = listStaff(ctx.db).find((s) => s.role === 'owner')?.id ?? null;
  const session = { windowId: 0, staffId: owner, role: 'owner' } as const;
  const reward = (name: string, amount: number) =>
    saveOffer(ctx, session, { id: null, name, kind: 'amount', amount: amount as Cents, codeMode: 'personal', validDays: 30 }).id;
  const at = ctx.clock.now();
  const terms = {
    ...NO_TERMS,
    kind: 'points' as const,
    staffMost: 50,
    rewards: [
      { offerId: reward('Reward: $10 off', 1000), cost: 200 },
      { offerId: reward('Reward: $30 off', 3000), cost: 500 },
    ],
    specialDays: [{ weekdays: 0b0000100, fromDay: null, untilDay: null, percent: 200 }],
    tiers: [{ name: 'Gold', nameEs: 'Oro', least: 60_000, percent: 150 }],
    expiry: { kind: 'earned' as const, months: 6 },
  };
  const fromDay = addDays(shopDay(at, ctx.settings().shop.zone), -SINCE_DAYS);
  ctx.db.tx((trx) => {
    insertVersion(trx, { fromDay, state: 'on', terms, history: null, carry: 0, useUntil: null, at, staffId: owner });
    noteEverybody(trx);
  });
}

/** Fills an empty shop with sample people, an owner with a known PIN and finished onboarding. */
export async function fillSampleShop(ctx: Ctx, options: Partial<Pick<SeedOptions, 'seed' | 'people' | 'lines'>> = {}): Promise<SeededShop> {
  const now = ctx.clock.now();
  const pinHash = await hashPin(SAMPLE_PIN);
  if (!listStaff(ctx.db).some((s) => s.role === 'owner')) {
    ctx.db.tx(() => {
      saveStaff(ctx.db, { id: null, name: 'Olga (owner)', role: 'owner', pinHash, language: 'en', active: true }, now);
      saveStaff(ctx.db, { id: null, name: 'Clara', role: 'staff', pinHash, language: 'es', active: true }, now);
    });
  }
  // two of three at the counter are hers
  const [owner, clerk] = ['owner', 'staff'].map((role) => listStaff(ctx.db).find((s) => s.role === role)?.id);
  const staff = owner !== undefined && clerk !== undefined ? [clerk, owner, clerk] : [];
  const seeded = seedShop(ctx.db, { ...options, now, hmacKey: ctx.hmacKey, staff });
  ctx.db.tx(() => {
    writeMeta(ctx.db, 'pin_hint', SAMPLE_PIN);
    const { money } = readSettings(ctx.db);
    saveSettings(ctx.db, 'money', { ...money, marginPercent: money.marginPercent ?? 48 }, now);
    saveSettings(ctx.db, 'onboarding', { step: 'done', finishedAt: now }, now);
  });
  if ((options.people ?? 0) <= REWARDS_FOR) sampleRewards(ctx);
  await sampleWishes(ctx, clerk ?? null);
  if ((options.people ?? 0) <= REWARDS_FOR) {
    sampleReaders(ctx);
    sampleMembers(ctx);
  }
  return seeded;
}
