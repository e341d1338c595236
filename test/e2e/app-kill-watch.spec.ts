import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type Regulars } from '../support/launch';
import { openReal } from '../support/real-shop';

const HEADER =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Event Type,Customer ID';
const file = (prefix: string, sales: number) =>
  [
    HEADER,
    ...Array.from(
      { length: sales },
      (_, i) =>
        `2026-05-${String(1 + (i % 28)).padStart(2, '0')},12:${String(i % 60).padStart(2, '0')}:00,Eastern Time (US & Canada),None,Boots,1.0,,,,$10.00,$0.00,$10.00,$0.80,${prefix}${i},P${prefix}${i},Payment,`,
    ),
    '',
  ].join('\n');

interface Row {
  id: number;
  fileName: string;
  state: string;
  counts: { sales: { new: number; same: number } } | null;
}
const imports = async (r: Regulars) => (await r.call<{ rows: Row[] }>('imports/list', {})).rows;

async function reopen(dataDir: string): Promise<Regulars> {
  const r = await launch({ dataDir });
  const { people } = await r.call<{ people: { id: number }[] }>('session/state');
  await r.call('session/unlock', { staffId: people[0]?.id, pin: '1357' });
  return r;
}

/** Kills at several points between "seen" and "remembered"; each time the file comes in once, whole, by itself after the start. */
for (const [moment, wanted] of [
  ['while it is read', 'import.look'],
  ['while it is written', 'import.commit'],
] as const) {
  test(`killed ${moment}: a watched file is in once, whole`, async () => {
    const SALES = 60_000;
    const folder = mkdtempSync(join(tmpdir(), 'regulars-till-'));
    const r = await openReal();
    await r.call('sources/choose-folder', { path: folder });
    writeFileSync(join(folder, 'first.csv'), file('A', 5));
    await expect
      .poll(() => r.call<{ waiting: { hash: string }[] }>('sources/folder').then((v) => v.waiting.length), { timeout: 20_000 })
      .toBe(1);
    const { waiting } = await r.call<{ waiting: { hash: string }[] }>('sources/folder');
    await r.call('sources/take', { hash: waiting[0]?.hash, always: true });
    await expect.poll(async () => (await imports(r))[0]?.state, { timeout: 20_000 }).toBe('done');
    writeFileSync(join(folder, 'big.csv'), file('B', SALES));
    await expect
      .poll(
        async () =>
          (await r.call<{ kind: string; title: string; done: number }[]>('tasks/list')).some(
            (t) => t.title === 'big.csv' && t.kind === wanted && t.done > 0,
          ),
        { timeout: 60_000, intervals: [15] },
      )
      .toBe(true);
    await r.kill();
    const again = await reopen(r.dataDir);
    const big = async () => (await imports(again)).filter((x) => x.fileName === 'big.csv' && x.state === 'done');
    await expect.poll(async () => (await big()).length, { timeout: 60_000 }).toBe(1);
    expect((await big())[0]?.counts?.sales).toMatchObject({ new: SALES, same: 0 });
    await again.page.waitForTimeout(3000);
    expect(await big()).toHaveLength(1);
    await again.close();
  });
}
