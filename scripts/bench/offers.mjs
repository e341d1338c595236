// 100,000 personal codes: drawn, and drawn and stored as a campaign does, beside drawing seven random symbols in the same run. Then the
// same again by a copy of the file that was brought back and knows none of them: not one code may meet.
import path from 'node:path';
import { withLab } from './lab.mjs';
import { figure, median } from './lib.mjs';

const CODES = Number(process.env.BENCH_CODES ?? 100_000);

await withLab('offer-lab', async (lab, dir) => {
  const three = (run) => median([run(), run(), run()]);
  const plain = three(() => lab.plainDraw(CODES));
  const drawn = three(() => lab.drawAll(CODES));
  figure({ name: 'codes.drawn', value: drawn, unit: 's', target: '< 2', ok: drawn < 2, baseline: Math.round(plain * 1000) / 1000 });
  const shop = lab.makeShop(path.join(dir, 'shop.sqlite'), CODES, 1);
  const first = await lab.issueAll(shop, CODES, 1);
  const second = await lab.issueAll(shop, CODES, 2);
  const stored = Math.max(first.seconds, second.seconds);
  // mostly the disk: the freeze bench holds what a campaign may take
  figure({ name: 'codes.stored', value: stored, unit: 's', target: 'told', ok: true });
  const cpu = Math.max(first.cpuSeconds, second.cpuSeconds);
  figure({ name: 'codes.stored-cpu', value: cpu, unit: 's of processor', target: 'told', ok: true });
  shop.db.close();
  // another life of the same shop, from a copy made before any of them
  const copy = lab.makeShop(path.join(dir, 'copy.sqlite'), CODES, 2);
  const later = await lab.issueAll(copy, CODES, 1);
  copy.db.close();
  const all = [...first.codes, ...second.codes, ...later.codes];
  const met = all.length - new Set(all).size;
  figure({ name: 'codes.met', value: met, unit: 'codes', target: '0', ok: met === 0 });
});
