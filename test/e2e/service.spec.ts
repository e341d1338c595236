import { expect, type Page, test } from '@playwright/test';
import { lookAt } from '../support/axe';
import { byHand, scan } from '../support/counter-shift';
import { Keyboard } from '../support/keyboard';
import { type Carrier, freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';
import { serviceWalk } from '../support/shots-service';

/**
 * "Your size is in" in the real window: a delivery is scanned, fourteen people who asked are told, one answers HOLD, the counter sells
 * it; then holds, orders, wishes and "left without buying" by keys alone, and a recall with its list. With REGULARS_SHOTS_OUT every
 * screen and form of it is photographed on the way (not part of npm test).
 */
const OUT = process.env['REGULARS_SHOTS_OUT'];
/** Tuesday 17 November 2026, 14:00 in New York, 11:00 in Los Angeles: nobody has to wait for their morning. */
const NOON = Date.parse('2026-11-17T19:00:00Z');

let carrier: Carrier;
let r: Regulars;
let page: Page;
let kb: Keyboard;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  carrier = await startCarrier(['--any-account', '--seed', 'service', '--now', String(NOON), '--rate', '1']);
  r = await openPractice({
    dataDir: freshDir('service'),
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  page = r.page;
  kb = new Keyboard(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await r.call('settings/save-texting', {
    segmentsPerSecond: 20,
    pricePerSegment: 8300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });
  await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
});
test.afterAll(async () => {
  await r?.close().catch(() => undefined);
  carrier?.stop();
});

const clean = (what: string) => lookAt(page, `service-${what}`);

interface Told {
  customerId: number;
  name: string;
  textState: string | null;
  wishState: string;
}

test('your size is in: scanned, fourteen people told, HOLD is a task, sold closes the wish', async () => {
  await kb.goTo('What came in');
  await page.getByRole('button', { name: 'New delivery' }).first().click();
  await expect(page.getByLabel('Scan or type')).toBeFocused();
  await scan(page, '4006381333931');
  const naming = page.getByRole('dialog');
  await expect(naming.getByLabel('Item')).toBeFocused();
  await page.keyboard.type('Ridge Runner blue');
  await naming.getByLabel('Size').fill('8½');
  await naming.getByLabel('Price').fill('118');
  await naming.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByText('14 people wait for this')).toBeVisible();
  await clean('delivery');
  await page.getByRole('button', { name: /^Text 14 people · about \$/ }).click();
  await expect(page.getByText('14 people were told')).toBeVisible();
  const [delivery] = (await r.call<{ rows: { id: number }[] }>('deliveries/list', { page: { offset: 0, limit: 1 } })).rows;
  const told = () => r.call<Told[]>('deliveries/told', { id: delivery?.id });
  // one of them may have a phone that is off: its text left all the same
  const left = async () => (await told()).filter((t) => /accepted|queued|sent|delivered|undelivered|failed/.test(t.textState ?? '')).length;
  await expect.poll(left, { timeout: 20_000 }).toBe(14);
  await clean('told');
  const [first] = await told();
  const { customer } = await r.call<{ customer: { phone: string } }>('customers/get', { id: first?.customerId });
  await carrier.control('inbound', { from: customer.phone, body: 'Hold' });
  await kb.goTo('Counter');
  await r.call('inbox/sync');
  await expect(page.getByText('1 thing to do for a customer')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Hold: Ridge Runner size 8.5')).toBeVisible();
  await kb.press(page.getByRole('button', { name: /^Sold: / }));
  await expect(page.getByText('1 thing to do for a customer')).toBeHidden();
  expect((await told()).map((t) => t.wishState).filter((s) => s === 'fulfilled')).toHaveLength(1);
});

test('at the counter by keys alone: hold, order, wish and left without buying, each closed again', async () => {
  const { id } = await r.call<{ id: number }>('customers/save', { id: null, fields: { firstName: 'Zenobia', lastName: 'Quill' } });
  await kb.goTo('Counter');
  await kb.type(page.locator('[data-big-box]'), 'Zenobia Quill');
  await page.keyboard.press('Enter');
  const card = page.locator(`[data-person="${id}"]`);
  const press = (name: string | RegExp) => kb.press(card.getByRole('button', { name }).first());
  // a wish, in two fields
  await press('Add a wish');
  await byHand(page, 'Harbor Trainer');
  await page.keyboard.press('Enter');
  await expect(card.getByText('Harbor Trainer')).toBeVisible();
  // kept for them with one key more: what they look for is offered
  await press('Hold');
  await press('Harbor Trainer');
  await expect(card.getByText('On hold')).toBeVisible();
  await press('Order or repair');
  await byHand(page, 'Resole boots');
  await page.keyboard.press('Enter');
  await expect(card.getByText('Resole boots')).toBeVisible();
  await press('Left without buying');
  await press('The price');
  await expect(card.getByText(/missing: the price/)).toBeVisible();
  await clean('kept');
  await press(/^It is here: .*Resole boots/);
  await expect(page.getByText('There is no number to text.').first()).toBeVisible();
  await press(/^Collected: .*Resole boots/);
  await press(/^Cancel: .*Harbor Trainer/);
  const kept = await r.call<{ what: string; state: string }[]>('orders/of', { customerId: id });
  expect(kept.map((o) => [o.what, o.state]).sort()).toEqual([
    ['Harbor Trainer', 'cancelled'],
    ['Resole boots', 'collected'],
  ]);
});

test('a recall: its buyers, promotional words refused by name, the list on paper', async () => {
  await kb.goTo('Notices to buyers');
  await page.getByRole('button', { name: 'New notice' }).first().click();
  await page.getByLabel('As the till names it').and(page.locator('input')).fill('Ridge Runner');
  await page.getByRole('option', { name: 'Ridge Runner' }).first().click();
  await page.getByLabel('Bought from').fill('2026-01-01');
  await page.getByLabel('until', { exact: true }).fill('2026-11-16');
  const words = page.getByLabel('The text', { exact: true });
  await words.fill('{shop}: the sole of your Ridge Runner can come off. Bring the pair in and we repair it free. New boots 20% off!');
  await page.getByRole('button', { name: 'See who bought it' }).click();
  await expect(page.getByText(/“20%” is a discount/)).toBeVisible();
  await expect(page.getByRole('button', { name: /keep the list/ })).toHaveCount(0);
  await clean('notice-refused');
  await words.fill('{shop}: the sole of your Ridge Runner can come off. Bring the pair in and we repair it free.');
  await page.getByRole('button', { name: 'See who bought it' }).click();
  await expect(page.getByText(/people bought it/)).toBeVisible();
  await page.getByRole('button', { name: /keep the list/ }).click();
  await page.getByRole('button', { name: 'Print the list' }).click();
  await expect(page.getByRole('region', { name: /buyers to reach/ }).getByRole('row')).not.toHaveCount(1);
  await clean('notice-sheet');
});

if (OUT) {
  test('pictures', async () => {
    test.setTimeout(600_000);
    const camera = new Camera(r, OUT, 'service');
    await serviceWalk(camera);
    expect(camera.missing).toEqual([]);
  });
}
