import { stepsOf } from '@db/queries/ladders';
import { draftCost } from '@services/campaigns/ladder-cost';
import { afterEach, expect, it } from 'vitest';
import { aLadderShop, aStep, begin, type LadderShop } from '../support/ladder-shop';

let shop: LadderShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a follow-up is read in the language of its person, and priced by the wording each would read', async () => {
  const bodyEs = `{shop}: Hola {first name|de nuevo}, ${'otra vez '.repeat(20)}. Responde SUIT.`;
  shop = await aLadderShop({
    people: 2,
    offer: null,
    draft: { body: '{shop}: Hi {first name|there}. Reply SUIT and we call you.' },
    steps: () => [aStep({ key: 'again', reaction: 'nothing', afterDays: 7, bodyEs })],
  });
  const s = shop;
  expect((await draftCost(s.ctx, s.root))?.segments).toBe(2);
  s.ctx.db.prepare("UPDATE customer SET language = 'es' WHERE id = ?").run(s.people[1]?.id);
  expect((await draftCost(s.ctx, s.root))?.segments).toBe(3);
  await begin(s);
  await s.to(8);
  const step = stepsOf(s.ctx.db, s.root)[0]?.id;
  const read = s.ctx.db
    .prepare("SELECT address, body FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? ORDER BY id")
    .all(`${step}`) as {
    address: string;
    body: string;
  }[];
  expect(read.map((r) => [s.people.findIndex((p) => p.phone === r.address), r.body.includes('Hola')])).toEqual([
    [0, false],
    [1, true],
  ]);
});
