import { appendFileSync } from 'node:fs';
import type { ShopDay } from '@domain/kernel';
import { expect, it } from 'vitest';
import { chronicle, Judge } from '../support/year/judge';
import { planOf } from '../support/year/plan';
import { Player } from '../support/year/play';
import { everythingOn } from '../support/year/setup';
import { at, YearShop } from '../support/year/shop';

/** With a leap day in it, and both changes of the clocks. */
const FROM = '2027-11-15' as ShopDay;
const DAYS = Number(process.env['YEAR_DAYS'] ?? 366);
const SOAK = process.env['SOAK'] === 'year';
const WORLDS = SOAK ? Number(process.env['SOAK_RUNS'] ?? 1) : 1;
const PEOPLE = SOAK ? 150 : 60;
/** How long the world in which a copy was brought back is followed; a soak follows it to the end of the year. */
const FOLLOWED = SOAK ? DAYS : 45;

for (let seed = 7; seed < 7 + WORLDS; seed++) {
  it(`a year of the shop is played, with and without a copy brought back in the middle (${seed})`, { timeout: 600_000 }, async () => {
    const shop = await YearShop.fresh({ seed, people: PEOPLE, now: at(FROM, 8) });
    const plan = planOf(shop.ctx.db, { seed, from: FROM, days: DAYS });
    for (const { who, day } of plan.born) shop.ctx.db.prepare('UPDATE customer SET birthday = ? WHERE id = ?').run(day, who.id);
    await everythingOn(shop.ctx);
    const judge = new Judge(plan, shop.clock.now());
    const player = new Player(shop, plan, judge.afterLook);
    const { days, copyAt, backAt } = plan;
    const compareAt = Math.min(days.length - 1, backAt + FOLLOWED);

    const play = async (p: Player, from: number, to: number) => {
      for (const d of days.slice(from, to + 1)) await p.day(d);
    };
    await play(player, 0, copyAt);
    const copied = days[copyAt]?.day as ShopDay;
    await player.makeCopy(copied);
    const otherJudge = judge.twin();
    const other = await player.twin(otherJudge.afterLook);

    await play(player, copyAt + 1, compareAt);
    const without = chronicle(shop, judge);
    await play(player, compareAt + 1, days.length - 1);
    const year = judge.atEnd(shop);

    await play(other, copyAt + 1, backAt);
    const since = days.slice(copyAt + 1, backAt + 1).flatMap((d) => d.morning.filter((a) => a.do === 'import'));
    const back = await other.bringBack(days[backAt]?.day as ShopDay, since);
    // something was lost with the copy, or this proves nothing
    expect(back.held).toBeGreaterThan(5);
    expect(since.length).toBeGreaterThan(0);
    await play(other, backAt + 1, compareAt);
    const withCopy = chronicle(other.shop, otherJudge);
    expect(withCopy.texts).toEqual(without.texts);
    expect(withCopy.causes).toEqual(without.causes);
    otherJudge.atEnd(other.shop);

    // a year in which little happened proves nothing either
    const kinds = Object.keys(judge.told);
    expect(kinds.length).toBeGreaterThanOrEqual(17);
    expect(year.texts).toBeGreaterThan(500);
    expect(year.lapses).toBeGreaterThan(1);
    expect(year.returns).toBeGreaterThan(0);
    const tally = process.env['SOAK_TALLY'];
    if (tally) appendFileSync(tally, `${days.length} days, ${plan.members.length} people, ${year.texts} texts, ${year.causes} causes\n`);
    await shop.gone();
    await other.shop.gone();
  });
}
