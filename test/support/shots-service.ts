import { join } from 'node:path';
import { openDb } from '@db/open';
import { backToStaff, type Regulars } from './launch';
import { type Camera, THEMES } from './shots';

interface Wish {
  customerId: number;
  item: string;
  size: string;
}

/** A purchase of what somebody waits for, as an import would leave it: the till shows that a wish came true. */
function soldTo(r: Regulars, people: readonly Wish[], at: number): void {
  const db = openDb(join(r.dataDir, 'practice', 'shop.sqlite'));
  try {
    people.forEach((w, i) => {
      const { lastInsertRowid } = db.raw
        .prepare(
          `INSERT INTO sale (source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, import_id)
           SELECT 'square', 'seen-' || ?, 'sale', 'completed', ?, '2026-11-17', ?, 'USD', 11800, 11800, max(id) FROM import`,
        )
        .run(i, at, w.customerId);
      db.raw
        .prepare('INSERT INTO sale_line (sale_id, line_no, name, variant, qty_milli, gross, net) VALUES (?, 1, ?, ?, 1000, 11800, 11800)')
        .run(lastInsertRowid, w.item, i === 0 ? w.size : '');
    });
  } finally {
    db.close();
  }
}

/** Every screen and form about orders, wishes, deliveries, things and notices, wide and small, and the counter in Spanish. */
export async function serviceWalk(c: Camera): Promise<void> {
  const { shop: r, page } = c;
  const now = await page.evaluate(() => Date.now());
  const { id } = await r.call<{ id: number }>('customers/save', {
    id: null,
    fields: { firstName: 'Maribel', lastName: 'Oquendo Santamaria', phone: '212 555 0188' },
  });
  const kept = async (kind: string, what: string, o: Record<string, unknown> = {}) =>
    (await r.call<{ id: number }>('orders/take', { customerId: id, kind, what, size: '', dueOn: null, deposit: null, ...o })).id;
  const find = async () => {
    await c.wish({ go: 'counter' });
    await page.locator('[data-big-box]').fill('Maribel Oquendo');
    await page.keyboard.press('Enter');
    await page.locator(`[data-person="${id}"]`).waitFor();
  };
  const card = page.locator(`[data-person="${id}"]`);
  // a form stands far down the card: as it is seen once somebody pressed for it
  const form = async (what: string, button: string) => {
    try {
      await find();
      await card.getByRole('button', { name: button, exact: true }).first().click();
      await c.still();
      for (const theme of THEMES) {
        await c.theme(theme);
        await page.waitForTimeout(theme === 'dark' ? 1100 : 350);
        await page.screenshot({ path: join(c.out, `service-${theme}-${what}.png`) });
      }
      await c.theme('light');
    } catch (error) {
      c.missing.push(`${what}: ${String(error).split('\n')[0]}`);
    }
    await c.escape();
  };
  const counter = async (tag: string, w: { hold: string; order: string; left: string; thing: string; paper: string }) => {
    await c.screen(`counter${tag}`, find);
    await form(`hold${tag}`, w.hold);
    await form(`order${tag}`, w.order);
    await form(`left${tag}`, w.left);
    await form(`thing${tag}`, w.thing);
    await form(`paper${tag}`, w.paper);
    await c.escape(2);
  };
  await c.size(1280, 800);
  await c.screen('counter-nothing-kept', find);
  await r.call('desk/wish', { customerId: id, item: 'Ridge Runner', size: '8.5', under: 9900, source: 'left', missing: 'size' });
  await r.call('desk/wish', { customerId: id, item: 'Harbor Trainer', size: '7', under: null });
  const ready = await kept('special-order', 'Wedding boots, ivory suede, with the low heel', {
    size: '8.5',
    deposit: 4500,
    dueOn: '2026-11-20',
  });
  await kept('hold', 'Trail Lite', { size: '9', dueOn: '2026-11-19' });
  await kept('lay-away', 'Winter coat', { deposit: 12_000 });
  await kept('repair', 'Resole boots');
  await r.call('orders/step', { id: ready, step: 'ready' });
  await r.call('things/add', { customerId: id, kind: 'warranty', what: 'Boot dryer', boughtOn: '2025-12-01', dueOn: '2026-12-01' });
  const names = { hold: 'Hold', order: 'Order or repair', left: 'Left without buying', thing: 'Add a date', paper: 'Signed form' };
  await counter('', names);
  await c.screen('person', async () => {
    await c.go('customers');
    await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('Maribel Oquendo');
    await page.getByRole('row').nth(1).click();
  });
  const lines = [
    { item: 'Harbor Trainer', size: '11', price: 9900, barcode: '', qty: 1 },
    { item: 'Trail Lite', size: '9', price: 8900, barcode: '4006381333948', qty: 4 },
    { item: 'Ridge Runner', size: '10', price: 11_800, barcode: '', qty: 2 },
  ];
  const waiting = await r.call<{ people: { customerId: number; wishes: Wish[] }[] }>('deliveries/preview', {
    id: (await r.call<{ id: number }>('deliveries/save', { id: null, lines })).id,
  });
  soldTo(r, waiting.people.flatMap((p) => p.wishes.slice(0, 1).map((w) => ({ ...w, customerId: p.customerId }))).slice(0, 2), now);
  await c.screen('deliveries', () => c.go('deliveries'));
  await c.screen('delivery-has', async () => {
    await c.go('this-week');
    await c.go('deliveries');
    await page.getByRole('row').nth(1).click();
  });
  await c.screen('delivery-words', () => c.press('button', 'Change the words'));
  await c.screen('delivery-paste', () => c.press('button', 'Paste a list'));
  await c.escape();
  await c.screen('delivery-empty', async () => {
    await c.go('deliveries');
    await c.press('button', 'New delivery');
  });
  await c.screen('notices', () => c.go('notices'));
  await c.screen('notice-new', () => c.press('button', 'New notice'));
  await c.screen('notice-sent', async () => {
    await c.go('notices');
    await page.getByRole('row').nth(1).click();
  });
  await c.screen('asked', async () => {
    await find();
    await card.getByRole('button', { name: 'Ask about a text' }).first().click();
  });
  await backToStaff(page);
  await c.size(1024, 700);
  await counter('-narrow', names);
  await c.screen('deliveries-narrow', () => c.go('deliveries'));
  await c.screen('delivery-narrow', async () => {
    await c.go('deliveries');
    await page.getByRole('row').nth(2).click();
  });
  await c.screen('notice-narrow', async () => {
    await c.go('notices');
    await c.press('button', 'New notice');
  });
  await c.size(1280, 800);
  // the clerk's own language
  const { people } = await r.call<{ people: { id: number; role: string }[] }>('session/state', {});
  await r.call('session/lock', {});
  await r.call('session/unlock', { staffId: people.find((p) => p.role === 'staff')?.id, pin: '2468' });
  await page
    .getByRole('button', { name: 'Probar', exact: true })
    .waitFor()
    .catch(() => undefined);
  await c.escape();
  await counter('-es', {
    hold: 'Apartar',
    order: 'Pedido o arreglo',
    left: 'Se fue sin comprar',
    thing: 'Anotar una fecha',
    paper: 'Formulario firmado',
  });
}
