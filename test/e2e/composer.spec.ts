import { join } from 'node:path';
import { openDb } from '@db/open';
import { expect, type Locator, test } from '@playwright/test';
import { type Carrier, freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';

/** The shortest way to a campaign, in the real window: an owner who has never seen it, counted by what the hand does. */
const NY = 'America/New_York';
/** Tuesday 17 November 2026, 11:00 in New York: open hours from coast to coast for the shop's people. */
const MORNING = Date.parse('2026-11-17T17:00:00Z');
const MOST = 12;

test.describe.configure({ mode: 'serial' });
let carrier: Carrier;
let dataDir: string;
let r: Regulars;
const file = () => join(dataDir, 'practice', 'shop.sqlite');
const sql = <T>(text: string, ...params: unknown[]): T[] => {
  const db = openDb(file(), { readonly: true });
  try {
    return db.raw.prepare(text).all(...params) as T[];
  } finally {
    db.close();
  }
};
const open = async () => {
  r = await openPractice({
    dataDir,
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: NY },
  });
  await expect(r.page.getByRole('navigation').getByText('Campaigns')).toBeVisible({ timeout: 60_000 });
};

test.beforeAll(async () => {
  carrier = await startCarrier(['--any-account', '--seed', 'composer', '--now', String(MORNING), '--rate', '1']);
  dataDir = freshDir('practice');
  await open();
  await r.close();
  // the sample shop as a dry-cleaner: two of its categories become shirts and suits
  const db = openDb(file());
  const [one, other] = db.raw
    .prepare("SELECT category name FROM sale_line WHERE category <> '' GROUP BY category ORDER BY count(*) DESC, category LIMIT 2")
    .all() as { name: string }[];
  const rename = db.raw.prepare('UPDATE sale_line SET category = ? WHERE category = ?');
  rename.run('Shirts', one?.name);
  rename.run('Suits', other?.name);
  const renameArticle = db.raw.prepare("UPDATE article SET name = ? WHERE what = 'category' AND name = ?");
  renameArticle.run('Shirts', one?.name);
  renameArticle.run('Suits', other?.name);
  db.close();
  await open();
});
test.afterAll(async () => {
  await r?.close();
  carrier?.stop();
});

test('“bought shirts, never a suit” is written, checked and sent in at most twelve interactions, and reaches just those people', async () => {
  test.setTimeout(180_000);
  const { page } = r;
  await page.getByRole('navigation').getByText('Campaigns').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible();

  // a click, a word typed, a key, a button held: one each
  let interactions = 0;
  const did = async (what: Promise<unknown>) => {
    interactions++;
    await what;
  };
  const click = (l: Locator) => did(l.click());
  const type = (l: Locator, words: string) => did(l.pressSequentially(words, { delay: 20 }));

  await click(page.getByRole('button', { name: 'New campaign' }).first());
  await click(page.getByRole('button', { name: /Bought this, never that/ }));
  await type(page.getByRole('textbox', { name: 'They bought' }).or(page.getByRole('combobox', { name: 'They bought' })), 'shirts');
  await type(page.getByRole('textbox', { name: 'but never' }).or(page.getByRole('combobox', { name: 'but never' })), 'suits');
  await click(page.getByRole('button', { name: 'Make the group and the text' }));
  await expect(page.getByTestId('bubble')).toContainText('you know us for shirts');
  await click(page.getByRole('button', { name: 'Check and send' }));
  const send = page.getByRole('button', { name: /^Text \d/ });
  await expect(send).toBeEnabled({ timeout: 30_000 });
  const shown = await send.textContent();
  const people = Number(/Text ([\d,]+) /.exec(shown ?? '')?.[1]?.replaceAll(',', ''));
  expect(people).toBeGreaterThan(3);
  const count = page.getByLabel(/^Type [\d,]+ to send$/);
  if (await count.isVisible()) await type(count, String(people));
  interactions++; // held
  const box = await send.boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await page.mouse.down();
  await page.waitForTimeout(1600);
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 30_000 });
  expect(interactions).toBeLessThanOrEqual(MOST);
  console.log(`${interactions} interactions, ${people} people`);

  // everybody it was for, and nobody else: shirts, never a suit, as the till's own lines say
  const campaign = sql<{ id: number }>('SELECT max(id) id FROM campaign')[0]?.id ?? 0;
  const planned = () =>
    sql<{ address: string }>(
      "SELECT address FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? AND state <> 'staged'",
      String(campaign),
    );
  await expect.poll(() => planned().length).toBe(people);
  const wanted = planned();
  const bought = (what: string) =>
    new Set(
      sql<{ phone: string }>(
        `SELECT DISTINCT c.phone FROM customer c JOIN sale s ON s.customer_id = c.id JOIN sale_line l ON l.sale_id = s.id
         WHERE l.category = ? AND c.phone IS NOT NULL`,
        what,
      ).map((x) => x.phone),
    );
  const shirts = bought('Shirts');
  const suits = bought('Suits');
  await carrier.control('clock', { advance: 70 * 60_000 }); // ten o’clock for the last of them, and the first twenty have arrived
  await carrier.control('clock', { rate: 30 });
  const texts = async () =>
    (await carrier.control<{ messages: { to: string; body: string; direction: string }[] }>('messages')).messages.filter(
      (m) => m.direction !== 'inbound' && /know us for shirts|conoces por shirts/.test(m.body),
    );
  await expect.poll(async () => (await texts()).length, { timeout: 120_000 }).toBe(people);
  const got = (await texts()).map((m) => m.to);
  expect(new Set(got).size).toBe(people);
  expect(new Set(got)).toEqual(new Set(wanted.map((x) => x.address)));
  for (const to of got) {
    expect(shirts.has(to), `${to} never bought a shirt`).toBe(true);
    expect(suits.has(to), `${to} bought a suit`).toBe(false);
  }
});
