// What the counter and the owner ask for, at 100,000 people and 2,000,000 sale lines, beside the bare round trip of the same run.
import fs from 'node:fs';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { figure, median } from './lib.mjs';

const dir = process.env.BENCH_SHOP ?? tempDir();
if (!process.env.BENCH_SHOP) {
  const made = sampleShop(dir, ['--people', '100000', '--lines', '2000000', '--now', '2026-11-17T16:00:00Z']);
  figure({
    name: 'seed.lines-per-second',
    value: made.lines / made.seconds,
    unit: 'lines/s',
    target: '>= 10000',
    ok: made.lines / made.seconds >= 10_000,
  });
}
const shop = backend(dir, ['--now', '2026-11-17T16:00:00Z']);
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

const people = (await shop.ask('customers/list', { limit: 50, offset: 40_000 })).value.rows;
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
const lapsedShoes = {
  all: [
    { is: 'bought', what: 'category', name: 'Shoes', days: null, did: true },
    { is: 'last-visit', op: 'over', days: 60 },
    { is: 'may-text', value: true },
  ],
};
check('group.count', await time('segments/count', [{ rule: lapsedShoes }]), 400);
check(
  'group.count-spend',
  await time('segments/count', [{ rule: { all: [{ is: 'spend', op: 'at-least', amount: 20_000, days: 365 }] } }]),
  400,
);
check('this-week', await time('reports/this-week', [{}]), 500);
await shop.close();
if (!process.env.BENCH_SHOP) fs.rmSync(dir, { recursive: true, force: true });
