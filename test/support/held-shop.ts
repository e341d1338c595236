import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import type { CampaignId, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import { senderTurn } from '@services/outbox/sender';
import { aPlanningShop, planned, textsOf } from './planned';
import type { SendingShop } from './sending-shop';

/* Shops whose campaigns the carrier holds until their time. */
export const NY = 'America/New_York' as Zone;
export const THURSDAY = instantOf(NY, 2026, 11, 19, 10);
export const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

const open: SendingShop[] = [];
/** After each test. */
export async function closeHeldShops(): Promise<void> {
  for (const s of open.splice(0)) await s.close();
}
export async function aHeldShop(people: number, o: Parameters<typeof aPlanningShop>[1] = {}): Promise<SendingShop> {
  const s = await aPlanningShop(people, {
    ...o,
    settings: { ...o.settings, texting: { numbers: [OURS], ...o.settings?.texting } },
  });
  open.push(s);
  return s;
}

/** The campaign’s texts by state. */
export const states = (s: SendingShop, id: CampaignId) => {
  const n: Record<string, number> = {};
  for (const t of textsOf(s.ctx, id)) n[t.state] = (n[t.state] ?? 0) + 1;
  return n;
};
/** What the carrier has, by status now. */
export const there = (s: SendingShop) => {
  const n: Record<string, number> = {};
  for (const m of s.carrier.sim.messages()) if (m.m.direction !== 'inbound') n[m.status] = (n[m.status] ?? 0) + 1;
  return n;
};
export const turns = async (s: SendingShop, n = 4) => {
  for (let i = 0; i < n; i++) await senderTurn(s.ctx);
};
export const viaCarrier = (s: SendingShop, at: UtcMs = THURSDAY) => planned(s.ctx, { at, viaCarrier: true });
/** The clocks go on while this computer is off; then it is on again. */
export const sleepUntil = (s: SendingShop, at: number) => s.advance(at - s.ctx.clock.now());
