// Freezing an audience of 50,000: everybody in their part and wording, with a rendered text, a code of their own and its segments, in rows
// the sender may see. Beside it the same rows copied plainly. And counting segments, held against the carrier's own calculator.
import path from 'node:path';
import { withLab } from './lab.mjs';
import { figure } from './lib.mjs';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 50_000);
const FUZZED = Number(process.env.BENCH_TEXTS ?? 20_000);

await withLab('freeze-lab', async (lab, dir) => {
  const shop = lab.makeShop(path.join(dir, 'shop.sqlite'), Math.round(PEOPLE / 0.9)); // a tenth is held out
  const r = await lab.freeze(shop, lab.makeCampaign(shop));
  if (!r.same) throw new Error('what stands in the file is not what was reviewed');
  const per = PEOPLE / r.people;
  const plain = lab.plainRows(shop.db, r.people);
  figure({
    name: 'freeze.people',
    value: r.people,
    unit: 'texts with codes',
    target: `about ${PEOPLE}`,
    ok: Math.abs(r.people - PEOPLE) <= 5,
  });
  figure({
    name: 'freeze.seconds',
    value: r.freeze.seconds * per,
    unit: 's',
    target: '< 10',
    ok: r.freeze.seconds * per < 10,
    baseline: Math.round(plain * 1000) / 1000,
  });
  figure({ name: 'freeze.cpu', value: r.freeze.cpu * per, unit: 's of processor', target: '< 10', ok: r.freeze.cpu * per < 10 });
  figure({ name: 'freeze.longest-turn', value: r.freeze.longestMs, unit: 'ms', target: '<= 150', ok: r.freeze.longestMs <= 150 });
  figure({ name: 'freeze.review-seconds', value: r.review.seconds * per, unit: 's', target: '< 5', ok: r.review.seconds * per < 5 });
  figure({ name: 'freeze.review-longest-turn', value: r.review.longestMs, unit: 'ms', target: '<= 150', ok: r.review.longestMs <= 150 });
  shop.db.close();
  const counted = lab.counting(FUZZED);
  figure({ name: 'segments.per-second', value: counted.perSecond, unit: 'texts/s', target: '>= 100000', ok: counted.perSecond >= 100_000 });
  figure({ name: 'segments.counted-otherwise', value: counted.different, unit: `of ${FUZZED}`, target: '0', ok: counted.different === 0 });
});
