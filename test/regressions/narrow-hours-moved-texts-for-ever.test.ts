import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { DAY, type PhoneE164, type Zone } from '@domain/kernel';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aPlanningShop, planned, textsOf } from '../support/planned';
import type { SendingShop } from '../support/sending-shop';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('texts that do not fit into a short day are held for the next one, not moved on day by day', async () => {
  shop = await aPlanningShop(70, {
    settings: {
      texting: { numbers: [OURS], segmentsPerSecond: 0.01 },
      courtesy: { window: { weekdays: { from: 10 * 60, to: 11 * 60 }, sunday: { from: 12 * 60, to: 13 * 60 } } },
    },
  });
  const { ctx } = shop;
  const id = await planned(ctx, { at: THURSDAY, viaCarrier: true });
  const away = new AbortController();
  const late = setTimeout(() => away.abort(), 15_000);
  for (let i = 0; i < 12 && !away.signal.aborted; i++) {
    await Promise.race([senderTurn(ctx), new Promise((end) => away.signal.addEventListener('abort', end))]);
  }
  clearTimeout(late);
  const texts = textsOf(ctx, id);
  expect(texts.map((t) => t.state).filter((s) => s !== 'scheduled')).toEqual([]);
  expect(Math.max(...texts.map((t) => t.sendAt ?? 0))).toBeLessThan(THURSDAY + 2 * DAY);
}, 40_000);
