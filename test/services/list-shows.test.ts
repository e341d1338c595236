import { tests } from '@contract/tests';
import { seedShop } from '@db/seed/index';
import { keepResults } from '@services/results/keeper';
import { whatListShows } from '@services/tests/shows';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON } from '../support/test-ctx';
import { createDb } from '../support/test-db';

describe('what a list can show, before sending', () => {
  it('reckons with five in a hundred until the shop has a share of its own', async () => {
    const ctx = aCtx();
    const first = whatListShows(ctx, 600, 'half');
    expect(first).toMatchObject({ code: 'shows', texted: 300, heldOut: 300, usual: 0.05, own: false, perHundred: 6.5 });
    expect(tests['tests/shows'].output.parse(first)).toEqual(first);
    expect(whatListShows(ctx, 200, 'auto')).toMatchObject({ code: 'short-list', texted: 200, heldOut: 0, perHundred: null });
  });

  it('takes the share of people left out of past campaigns, once there are two hundred', async () => {
    const db = createDb();
    seedShop(db, { seed: 2, people: 2500, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
    const ctx = aCtx({ db });
    await keepResults(ctx);
    const held = db.raw.prepare("SELECT sum(comparable) AS n, sum(buyers) AS x FROM outcome_total WHERE arm = 'control'").get() as {
      n: number;
      x: number;
    };
    expect(held.n).toBeGreaterThan(200);
    expect(whatListShows(ctx, 1000, 'auto')).toMatchObject({ own: true, usual: held.x / held.n });
  });

  it('says nothing of one text while a group stays untexted for the quarter', () => {
    expect(whatListShows(aCtx({ settings: { money: { quarterHoldout: true } } }), 600, 'half')).toBeNull();
  });
});
