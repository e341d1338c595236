import type { UtcMs } from '@domain/kernel';
import { peopleOf } from '@services/campaigns/people';
import { review } from '@services/campaigns/review';
import { afterEach, expect, it } from 'vitest';
import { aGroup, somePeople } from '../support/parts';
import { aDraft, aPlanningShop, planned, textsOf } from '../support/planned';
import type { SendingShop } from '../support/sending-shop';

/*
 * Planned in November for the first of December, "birthday this month" was reviewed with the people of November; handed to the carrier, it
 * wished them, and nobody of December, a happy birthday.
 */
const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});

/** 1 December, noon in New York. */
const DECEMBER = Date.UTC(2026, 11, 1, 17) as UtcMs;

async function aShop() {
  const s = await aPlanningShop(0);
  open.push(s);
  const [november, december] = somePeople(s.ctx, [{ name: 'Nora' }, { name: 'Dora' }]);
  const born = s.ctx.db.prepare('UPDATE customer SET birthday = ? WHERE id = ?');
  born.run('11-20', november?.id);
  born.run('12-20', december?.id);
  const fields = { segmentId: aGroup(s.ctx, { is: 'birthday', days: null }), body: '{shop}: happy birthday month, a gift is waiting.' };
  return { s, december, fields };
}

it('a review for another month is of the people of that month', async () => {
  const { s, fields } = await aShop();
  const id = aDraft(s.ctx, fields);
  expect(await review(s.ctx, id, { at: DECEMBER })).toMatchObject({ group: 1, people: 1 });
  const { rows } = await peopleOf(s.ctx, {
    id,
    view: 'text',
    reason: null,
    at: DECEMBER,
    offset: 0,
    limit: 10,
  });
  expect(rows.map((r) => r.firstName)).toEqual(['Dora']);
});

it('what the carrier holds for another month goes to the people of that month', async () => {
  const { s, december, fields } = await aShop();
  const id = await planned(s.ctx, { at: DECEMBER, viaCarrier: true }, fields);
  expect(textsOf(s.ctx, id).map((t) => t.address)).toEqual([december?.phone]);
});
