import { assignArms, campaignTestId, holdoutPercent, holdoutStratum, type PersonToDraw } from '@domain/attribution/holdout';
import type { CampaignId, CustomerId } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const key = new TextEncoder().encode('shop-secret-key');
const person = (id: number, stratum = 'r30 f1', tillFixed = true): PersonToDraw => ({ id: id as CustomerId, stratum, tillFixed });
const crowd = (n: number) => Array.from({ length: n }, (_, i) => person(i + 1, `r${i % 5} f${i % 3}`, i % 4 !== 0));
const controls = (arms: Map<CustomerId, string>) => [...arms].filter(([, arm]) => arm === 'control').map(([id]) => id);

describe('who is held out', () => {
  it('off under 250 people, 20 % to 1,000, 10 % above, half when asked', () => {
    expect([249, 250, 1000, 1001].map((n) => holdoutPercent('auto', n))).toEqual([0, 20, 20, 10]);
    expect(holdoutPercent('half', 80)).toBe(50);
    expect(holdoutPercent('off', 5000)).toBe(0);
  });

  it('holds out exactly the planned share, to one person, over all and in every stratum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 10, 20, 50), fc.integer({ min: 1, max: 999 }), (n, percent, id) => {
        const people = crowd(n);
        const held = new Set(controls(assignArms({ people, percent, key, testId: campaignTestId(id as CampaignId) })));
        expect(Math.abs(held.size - (n * percent) / 100)).toBeLessThan(1.000001);
        for (const name of new Set(people.map((p) => `${p.stratum}|${p.tillFixed}`))) {
          const list = people.filter((p) => `${p.stratum}|${p.tillFixed}` === name);
          const count = list.filter((p) => held.has(p.id)).length;
          expect(Math.abs(count - (list.length * percent) / 100)).toBeLessThan(1.000001);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the list, and repeats itself', () => {
    const people = crowd(300);
    const a = assignArms({ people, percent: 20, key, testId: 'campaign:7' });
    const b = assignArms({ people: [...people].reverse(), percent: 20, key, testId: 'campaign:7' });
    expect(new Map([...b].sort())).toEqual(new Map([...a].sort()));
  });

  it('draws afresh per campaign and per shop key', () => {
    const people = crowd(1000);
    const first = controls(assignArms({ people, percent: 20, key, testId: 'campaign:1' }));
    const second = new Set(controls(assignArms({ people, percent: 20, key, testId: 'campaign:2' })));
    const otherShop = new Set(controls(assignArms({ people, percent: 20, key: new Uint8Array(32), testId: 'campaign:1' })));
    expect(first.filter((id) => second.has(id)).length).toBeLessThan(80); // 40 expected by chance
    expect(first.filter((id) => otherShop.has(id)).length).toBeLessThan(80);
  });

  it('gives a stratum of one the same chance as everybody else', () => {
    const people = [person(1, 'alone'), ...crowd(199).map((p) => person(p.id + 1, 'crowd'))];
    let held = 0;
    for (let t = 0; t < 2000; t++)
      if (assignArms({ people, percent: 10, key, testId: `campaign:${t}` }).get(1 as CustomerId) === 'control') held++;
    expect(held).toBeGreaterThan(140); // 200 ± 4.5 standard deviations
    expect(held).toBeLessThan(260);
  });

  it('strata are coarse classes of recency and frequency', () => {
    expect(holdoutStratum(null, 0)).toBe('rnone f0');
    expect(holdoutStratum(30, 1)).toBe('r30 f1');
    expect(holdoutStratum(31, 3)).toBe('r90 f2-3');
    expect(holdoutStratum(366, 0)).toBe('rolder f0');
    expect(holdoutStratum(200, 9)).toBe('r365 f4+');
  });
});
