import { readSettings, saveSettings, writeMeta } from '@db/queries/settings';
import { listStaff, saveStaff } from '@db/queries/staff';
import { type SeededShop, type SeedOptions, seedShop } from '@db/seed/index';
import type { Ctx } from '@services/ctx';
import { hashPin } from '@services/session/pin';

/** Told on the PIN pad of a practice shop. */
export const SAMPLE_PIN = '2468';

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
  return seeded;
}
