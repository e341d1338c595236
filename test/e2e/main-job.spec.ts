import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '@db/open';
import { writeSquareExport } from '@db/seed/index';
import { addDays, shopDay } from '@domain/calendar';
import { DAY, type UtcMs, type Zone } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { type Demo, MORNING, nextFile, nextSave, startDemo } from '../support/demo';
import { dollars, figuresOf } from '../support/figures';
import { Keyboard } from '../support/keyboard';

/** The main job, once through, in the real window and by keyboard alone: what `npm run demo -- --headless` shows. */
const zone = 'America/New_York' as Zone;
const out = process.env['REGULARS_DEMO_OUT'] ?? 'test-results/demo';
const till = join(out, 'till');

test.describe.configure({ mode: 'serial' });
let d: Demo;
let kb: Keyboard;
const summary: Record<string, unknown> = {};
test.beforeAll(async () => {
  d = await startDemo(out);
  kb = new Keyboard(d.page);
});
test.afterAll(async () => {
  writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  await d?.close();
  if (d) copyFileSync(join(d.dataDir, 'practice', 'shop.sqlite'), join(out, 'shop.sqlite'));
});

const squareExport = (options: Omit<Parameters<typeof writeSquareExport>[2], 'zone'>) => {
  const db = openDb(join(d.dataDir, 'practice', 'shop.sqlite'), { readonly: true });
  try {
    return writeSquareExport(db, till, { ...options, zone });
  } finally {
    db.close();
  }
};

test('the owner signs in with a PIN', async () => {
  const { page } = d;
  await expect(page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible({ timeout: 60_000 });
  await d.shot('counter');
  await kb.press(page.getByRole('button', { name: /Sign in/ }));
  await d.shot('pin');
  await kb.press(page.getByRole('button', { name: /Olga/ }));
  await page.keyboard.type('2468', { delay: 30 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
  await kb.goTo('This week');
  await d.shot('this-week-before');
});

test('the till’s files of this morning come in, and a second time change nothing', async () => {
  const { page } = d;
  const today = shopDay(MORNING as UtcMs, zone);
  const files = squareExport({ from: today, to: today, until: MORNING as UtcMs, newPeople: 12 });
  const before = d.sql<{ people: number; sales: number }>(
    'SELECT (SELECT count(*) FROM customer) people, (SELECT count(*) FROM sale) sales',
  )[0];
  for (const [name, path] of [
    ['customers', files.customers],
    ['items', files.items],
    ['transactions', files.transactions],
  ] as const) {
    await kb.goTo('Import');
    await nextFile(d, path);
    await kb.press(page.getByRole('button', { name: /Choose a file|Import another file/ }).first());
    const go = page.getByRole('button', { name: /^Import (?!another)/ });
    await expect(go).toBeVisible({ timeout: 30_000 });
    await d.shot(`import-${name}-dry-run`);
    await kb.press(go);
    await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 30_000 });
    await d.shot(`import-${name}-report`);
  }
  const after = d.sql<{ people: number; sales: number }>(
    'SELECT (SELECT count(*) FROM customer) people, (SELECT count(*) FROM sale) sales',
  )[0];
  expect((after?.sales ?? 0) - (before?.sales ?? 0)).toBe(files.figures.sales + files.figures.refunds);
  expect((after?.people ?? 0) - (before?.people ?? 0)).toBe(12);

  await kb.goTo('Import');
  await nextFile(d, files.items);
  await kb.press(page.getByRole('button', { name: /Choose a file|Import another file/ }).first());
  await expect(page.getByText('Nothing in this file is new')).toBeVisible({ timeout: 30_000 });
  await d.shot('import-again');
  summary['import'] = { ...files.figures, people: after?.people, sales: after?.sales };
});

test('someone signs up at the counter, on the screen turned to them', async () => {
  const { page } = d;
  await kb.goTo('Counter');
  await expect(page.getByRole('textbox', { name: 'Find a person or a code' })).toBeFocused();
  await page.keyboard.press('F3');
  const number = page.getByLabel('Your mobile number');
  await expect(number).toBeFocused();
  await page.keyboard.type('2125550173', { delay: 20 });
  const tick = page.getByRole('checkbox', { name: /Yes, text me/ });
  await expect(tick).not.toBeChecked();
  await kb.type(page.getByLabel('First name (optional)'), 'Rosa');
  await kb.press(tick, 'Space');
  await d.shot('sign-up');
  await kb.press(page.getByRole('button', { name: 'Continue' }));
  await expect(page.getByText('Thank you, Rosa!')).toBeVisible();
  await d.shot('sign-up-thanks');
  await kb.press(page.getByRole('button', { name: 'Done' }));
  // The screen is still the customer's: it takes a PIN to have it back.
  await kb.press(page.getByRole('button', { name: 'Back to staff' }));
  await page.keyboard.type('2468', { delay: 30 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Find a person or a code' })).toBeVisible();
  const rows = d.sql<{ kind: string; method: string; wording_hash: string | null }>(
    'SELECT kind, method, wording_hash FROM consent_event ORDER BY id DESC LIMIT 1',
  );
  expect(rows[0]).toMatchObject({ kind: 'signed-up', method: 'screen' });
  expect(rows[0]?.wording_hash).toMatch(/^[0-9a-f]{64}$/);
  await page.keyboard.press('F2');
  await page.keyboard.type('5550173', { delay: 20 });
  await expect(page.getByText('Gets our texts').first()).toBeVisible();
  await d.shot('counter-found');
  // Her confirmation is the first text that leaves.
  await expect
    .poll(() => d.sql('SELECT 1 FROM outbox WHERE cause_kind = ? AND sid IS NOT NULL', 'confirmation').length, { timeout: 60_000 })
    .toBe(1);
});

test('a group: bought sneakers, not back for 40 days, may be texted', async () => {
  const { page } = d;
  await kb.goTo('Groups');
  await d.shot('groups');
  await kb.press(page.getByRole('button', { name: 'New group' }));
  await kb.type(page.getByLabel('Name', { exact: true }), 'Sneaker buyers, not in lately');
  const row = (n: number) =>
    page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: page.getByRole('combobox', { name: 'Condition' }) })
      .nth(n);
  await kb.choose(row(0).getByRole('combobox', { name: 'When' }), 'more than');
  await kb.type(row(0).getByRole('textbox', { name: 'days' }), '40');
  await kb.press(page.getByRole('button', { name: 'Add condition', exact: true }));
  await kb.choose(row(1).getByRole('combobox', { name: 'Condition' }), 'What they bought');
  await kb.choose(row(1).getByRole('combobox', { name: 'What', exact: true }), 'something from');
  await kb.type(
    row(1)
      .getByRole('combobox', { name: 'Category' })
      .or(row(1).getByRole('textbox', { name: 'Category' }))
      .first(),
    'Sneakers',
  );
  await page.keyboard.press('Escape');
  await kb.press(page.getByRole('button', { name: 'Add condition', exact: true }));
  await kb.choose(row(2).getByRole('combobox', { name: 'Condition' }), 'May be texted');
  await expect(page.getByText(/of them may be texted/)).toBeVisible();
  await expect(page.getByText(/^\d[\d,]* of them may be texted/)).not.toHaveText(/^0 /);
  await d.shot('group-new');
  await kb.press(page.getByRole('button', { name: 'Save group' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Sneaker buyers, not in lately' })).toBeVisible();
});

test('an offer with a code for each person', async () => {
  const { page } = d;
  await kb.goTo('Offers');
  await d.shot('offers');
  await kb.press(page.getByRole('button', { name: 'New offer' }));
  await kb.type(page.getByLabel('Name, as your staff will see it'), '20 % off your next pair');
  await kb.type(page.getByLabel('Percent off'), '20');
  await d.shot('offer-new');
  await kb.press(page.getByRole('dialog').getByRole('button', { name: 'Save' }));
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a campaign is written and checked', async () => {
  const { page } = d;
  await kb.goTo('Campaigns');
  await d.shot('campaigns');
  await kb.press(page.getByRole('button', { name: 'New campaign' }).first());
  await kb.type(page.getByLabel('Name, for you only'), 'Come back for shoes');
  await kb.choose(page.getByRole('combobox', { name: 'Group', exact: true }), 'Sneaker buyers');
  await kb.choose(page.getByRole('combobox', { name: 'Offer', exact: true }), '20 % off your');
  // A curly apostrophe on purpose: the carriers would bill it dearer, so the app writes it plain and says so.
  await kb.type(
    page.getByRole('textbox', { name: 'Text' }),
    '{shop}: Hi {first name|there}, we’ve saved you 20% off your next pair with code {code}, till {ends}.',
  );
  await expect(page.getByText(/part/).first()).toBeVisible();
  await d.shot('composer');
  const check = page.getByRole('button', { name: 'Check and send' });
  await expect(check).toBeEnabled();
  await kb.press(check);
  await expect(page.getByRole('heading', { level: 1, name: 'Check and send' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Text \d/ })).toBeEnabled();
  await d.shot('review');
});

/** Replies of today that were read as a stop and acted on. */
const stops = () =>
  d.sql<{ from_address: string; received_at: number }>(
    "SELECT from_address, received_at FROM inbound WHERE meaning = 'opt-out' AND handled = 1 AND received_at > ?",
    MORNING,
  );

test('it is sent: deliveries, replies and a STOP come back', async () => {
  test.setTimeout(300_000); // an hour of the shop in a minute, or in two where others use the machine
  const { page } = d;
  await kb.hold(page.getByRole('button', { name: /^Text \d/ }), 1500);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^20 of /)).toBeVisible({ timeout: 30_000 });
  await d.shot('sending-first-20');
  // The owner pauses, looks, goes on.
  await kb.press(page.getByRole('button', { name: 'Pause' }));
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
  const before = (await d.carrier.control<{ messages: unknown[] }>('messages')).messages.length;
  await d.advance(20 * 60_000);
  await page.waitForTimeout(1500);
  const outgoing = (m: { messages: unknown[] }) => (m.messages as { direction: string }[]).filter((x) => x.direction !== 'inbound').length;
  await d.shot('paused');
  expect(outgoing(await d.carrier.control('messages'))).toBeLessThanOrEqual(before + 8);
  await kb.press(page.getByRole('button', { name: 'Go on' }));
  await d.speed(60);
  // People further west are asleep or at breakfast: theirs wait until it is ten o'clock where they are.
  await expect(page.getByText(/Too early or too late where they are/).first()).toBeVisible({ timeout: 120_000 });
  await expect
    .poll(
      () => d.sql<{ n: number }>("SELECT count(*) n FROM outbox WHERE cause_kind = 'campaign' AND state IN ('waiting', 'sending')")[0]?.n,
      { timeout: 90_000 },
    )
    .toBeLessThan(20);
  await d.shot('waiting-for-the-west');
  await d.advance(3 * 3_600_000);
  await expect(page.getByText('Sent', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  await expect.poll(() => stops().length, { timeout: 60_000 }).toBeGreaterThan(0);
  await d.shot('sent');
  await kb.goTo('Replies');
  await page.waitForTimeout(800);
  await d.shot('replies');
  await d.speed(1);
});

test('a code is redeemed at the counter', async () => {
  const { page } = d;
  const one = d.sql<{ code: string; address: string }>(
    "SELECT code, address FROM outbox WHERE cause_kind = 'campaign' AND state = 'delivered' AND code IS NOT NULL AND left_at > ? ORDER BY id LIMIT 1",
    MORNING,
  )[0];
  expect(one).toBeDefined();
  const code = one?.code ?? '';
  await kb.goTo('Counter');
  await expect(page.getByRole('textbox', { name: 'Find a person or a code' })).toBeFocused();
  await page.keyboard.press('F4');
  // One wrong letter is caught, never taken for somebody else's code.
  const wrong = `${code.slice(0, 3)}${code[3] === 'K' ? 'M' : 'K'}${code.slice(4)}`;
  await page.keyboard.type(`${wrong}\n`, { delay: 10 });
  await expect(page.getByText('There is a mistake in this code')).toBeVisible();
  await d.shot('redeem-typo');
  await page.keyboard.press('F4');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(`${code.toLowerCase()}\n`, { delay: 10 });
  await expect(page.getByText('Good to redeem')).toBeVisible();
  await kb.type(page.getByLabel('Amount paid (optional)'), '84.00');
  await d.shot('redeem');
  await kb.press(page.getByRole('button', { name: 'Redeem', exact: true }));
  await expect(page.getByText(/Redeemed: 20% off/)).toBeVisible();
  await d.shot('redeemed');
  // The same code again is refused and says when it was used.
  await page.keyboard.press('F4');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(`${code}\n`, { delay: 10 });
  await expect(page.getByText('Already redeemed')).toBeVisible();
  await d.shot('redeem-again');
  const row = d.sql<{ at: number; customer_id: number; amount: number }>(
    'SELECT at, customer_id, amount FROM redemption WHERE code = ?',
    code,
  )[0];
  expect(row?.amount).toBe(8400);
  summary['redeemed'] = { code, ...row };
});

test('the till file of the next two weeks brings the purchases', async () => {
  const { page } = d;
  const campaign = d.sql<{ id: number }>('SELECT max(id) id FROM campaign')[0]?.id ?? 0;
  const redeemed = d.sql<{ customerId: number; at: number }>(
    'SELECT customer_id customerId, at FROM redemption WHERE campaign_id = ? AND reversed_at IS NULL',
    campaign,
  );
  expect(redeemed).toHaveLength(1);
  // Some who were texted come in these weeks, and a few who were not.
  const came = (arm: string, n: number) =>
    d
      .sql<{ id: number }>(
        'SELECT p.customer_id id FROM campaign_person p WHERE p.campaign_id = ? AND p.arm = ? AND p.till_fixed = 1 ORDER BY p.customer_id LIMIT ?',
        campaign,
        arm,
        n,
      )
      .map((r) => r.id as never);
  await d.advance(16 * DAY); // the offer has ended: time for the one verdict
  const today = shopDay(MORNING as UtcMs, zone);
  const files = squareExport({
    from: today,
    to: addDays(today, 15),
    redeemed: redeemed.map((r) => ({ customerId: r.customerId as never, at: r.at as UtcMs, percentOff: 20 })),
    include: [...came('text', 40), ...came('control', 3)],
  });
  await kb.goTo('Import');
  await nextFile(d, files.items);
  await kb.press(page.getByRole('button', { name: /Choose a file|Import another file/ }).first());
  const go = page.getByRole('button', { name: /^Import (?!another)/ });
  await expect(go).toBeVisible({ timeout: 30_000 });
  await d.shot('import-afterwards');
  await kb.press(go);
  await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 30_000 });
});

test('This week and Results tell it, with the carrier unreachable', async () => {
  const { page } = d;
  await d.advance(60_000);
  const { messages } = await d.carrier.control<{ messages: Sent[] }>('messages');
  checkCarrier(messages);
  d.carrier.stop();

  await kb.goTo('This week');
  await expect(page.getByText('May be texted').first()).toBeVisible();
  await d.shot('this-week');
  summary['thisWeek'] = await figuresOf(page);
  await kb.goTo('Results');
  await expect(page.getByRole('grid', { name: 'Results' })).toBeVisible();
  await d.shot('results');
  summary['results'] = await figuresOf(page);
  await kb.press(page.getByRole('grid', { name: 'Results' }), 'Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Come back for shoes' })).toBeVisible();
  await expect(page.getByText('Used the code').first()).toBeVisible();
  // Enough people for a comparison group, so there is a verdict with a range, or “too early to tell”.
  await expect(page.getByText(/made money|lost money|too early to tell|leaning|more of every/i).first()).toBeVisible();
  await d.shot('result');
  const shown = await figuresOf(page);
  summary['campaign'] = shown;

  const pdf = join(out, 'results.pdf');
  await nextSave(d, pdf);
  await kb.press(page.getByRole('button', { name: 'Save as PDF' }));
  await expect.poll(() => existsSync(pdf) && statSync(pdf).size, { timeout: 30_000 }).toBeGreaterThan(10_000);
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');

  // What the screen says is what the file says.
  const id = d.sql<{ id: number }>('SELECT max(id) id FROM campaign')[0]?.id ?? 0;
  const truth = d.sql<Record<string, number>>(
    `SELECT (SELECT count(*) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?1 AND left_at IS NOT NULL) texted,
            (SELECT count(*) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?1 AND state = 'delivered') arrived,
            (SELECT count(*) FROM redemption WHERE campaign_id = ?1 AND reversed_at IS NULL) redeemed,
            (SELECT coalesce(sum(net), 0) FROM sale_credit WHERE campaign_id = ?1 AND kind = 'direct') withCode,
            (SELECT coalesce(sum(net), 0) FROM sale_credit WHERE campaign_id = ?1 AND kind = 'influenced') afterText`.replaceAll(
      '?1',
      String(id),
    ),
  )[0];
  summary['database'] = truth;
  const cell = (row: string, column: number) => shown.tables.find((t) => t.some((r) => r[0] === row))?.find((r) => r[0] === row)?.[column];
  expect(cell('Texted', 1)).toBe(String(truth?.['texted']));
  expect(cell('Arrived', 1)).toBe(String(truth?.['arrived']));
  expect(cell('Used the code', 1)).toBe(String(truth?.['redeemed']));
  expect(cell('With the code', 1)).toBe(dollars(truth?.['withCode'] ?? 0));
  expect(cell('After the text, no code', 1)).toBe(dollars(truth?.['afterText'] ?? 0));
  expect(truth?.['redeemed']).toBe(1);
});

interface Sent {
  direction: string;
  to: string;
  body: string;
  createdAt: number;
}

/** Every text was created once, and whoever said STOP got nothing after it (but the answer to it). */
function checkCarrier(messages: Sent[]): void {
  const outgoing = messages.filter((m) => m.direction !== 'inbound');
  const seen = new Set<string>();
  for (const m of outgoing) {
    const key = `${m.to} ${m.body}`;
    expect(seen.has(key), 'a text was created twice').toBe(false);
    seen.add(key);
  }
  const stopped = stops();
  expect(stopped.length).toBeGreaterThan(0);
  for (const s of stopped) {
    const after = outgoing.filter(
      (m) => m.to === s.from_address && m.createdAt > s.received_at + 1000 && !/unsubscribed|no more texts/i.test(m.body),
    );
    expect(after, 'somebody who said STOP was texted again').toEqual([]);
  }
  summary['carrier'] = {
    texts: outgoing.length,
    replies: messages.length - outgoing.length,
    stops: stopped.length,
    createdTwice: 0,
    afterStop: 0,
  };
}
