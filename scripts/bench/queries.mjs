// What the counter and the owner ask for, at 100,000 people and 2,000,000 sale lines (BENCH_PEOPLE, BENCH_LINES for other sizes, BENCH_SHOP for a
// shop that is there), beside the bare round trip of the same run.
import fs from 'node:fs';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { groupsBench } from './groups.mjs';
import { figure, median } from './lib.mjs';

const NOW = '2026-11-17T16:00:00Z';
const dir = process.env.BENCH_SHOP ?? tempDir();
if (!process.env.BENCH_SHOP) {
  const made = sampleShop(dir, [
    '--people',
    process.env.BENCH_PEOPLE ?? '100000',
    '--lines',
    process.env.BENCH_LINES ?? '2000000',
    '--now',
    NOW,
  ]);
  figure({
    name: 'seed.lines-per-second',
    value: made.lines / made.seconds,
    unit: 'lines/s',
    target: '>= 10000',
    ok: made.lines / made.seconds >= 10_000,
  });
}
const shop = backend(dir, ['--now', NOW]);
const time = async (channel, inputs) => {
  const ms = [];
  for (const input of inputs) {
    await shop.ask(channel, input); // warm
    for (let i = 0; i < 5; i++) ms.push((await shop.ask(channel, input)).ms);
  }
  return median(ms);
};
const baseline = await time('session/state', [{}]);
const check = (name, ms, limit) =>
  figure({ name, value: ms, unit: 'ms', target: `<= ${limit}`, ok: ms <= limit, baseline: Math.round(baseline * 1000) / 1000 });

const people = (await shop.ask('customers/list', { limit: 50, offset: process.env.BENCH_PEOPLE ? 100 : 40_000 })).value.rows;
const words = people.slice(0, 8);
check(
  'search.counter',
  await time(
    'counter/find',
    words.map((p) => ({ text: `${p.firstName} ${p.lastName}`.trim() })),
  ),
  30,
);
check(
  'search.counter-phone',
  await time(
    'counter/find',
    words.filter((p) => p.phone).map((p) => ({ text: p.phone.slice(-6) })),
  ),
  30,
);
check('search.list', await time('customers/list', [{ search: 'ana' }, { search: 'son' }, { search: '55' }]), 60);
check('search.list-deep-page', await time('customers/list', [{ offset: 90_000, limit: 100 }]), 60);
await groupsBench(shop, dir, Date.parse(NOW), baseline);
check('this-week', await time('reports/this-week', [{}]), 500);
await shop.close();
if (!process.env.BENCH_SHOP) fs.rmSync(dir, { recursive: true, force: true });
