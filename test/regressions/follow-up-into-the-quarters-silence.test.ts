import { quarterHeld } from '@domain/attribution/rolling';
import { instantOf } from '@domain/calendar';
import { runLadders } from '@services/campaigns/ladder-run';
import { afterEach, expect, it } from 'vitest';
import { aLadderShop, aStep, begin, type LadderShop, NY, wrote } from '../support/ladder-shop';

let shop: LadderShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

/*
 * Story: the shop keeps one in ten untexted for a quarter, to see what texting is worth. A path that began in September went on in October,
 * and its steps left to whoever stood on it, the new quarter's untexted among them: the group that was to hear nothing had heard from us.
 */
it('a follow-up of the last quarter does not go to who is kept out of this one', async () => {
  shop = await aLadderShop({
    people: 12,
    steps: () => [aStep({ key: 'called', reaction: 'replied', afterDays: 5 })],
    shop: { now: instantOf(NY, 2026, 9, 28, 10, 30), settings: { money: { quarterHoldout: true } } },
  });
  const s = shop;
  await begin(s);
  const texted = s.texts(s.root).map((t) => t.who);
  const heldNow = s.people.flatMap((p, i) => (texted.includes(i) && quarterHeld(s.ctx.hmacKey, '2026-Q4')(p.id) ? [i] : []));
  expect(heldNow.length, 'texted in September, kept out in October').toBeGreaterThan(0);
  for (const who of texted) wrote(s, who, 'suit please');
  s.advance(60_000);
  await s.settle();
  s.advance(instantOf(NY, 2026, 10, 3, 11, 1) - s.ctx.clock.now());
  await runLadders(s.ctx);
  expect(s.texts(s.step('called')).map((t) => t.who)).toEqual(texted.filter((who) => !heldNow.includes(who)));
  for (const who of heldNow)
    expect(s.moves().filter((m) => m.who === who)).toMatchObject([{ to: 'called', outcome: 'left-out', reason: 'held-out' }]);
});
