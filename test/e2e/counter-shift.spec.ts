import { join } from 'node:path';
import { openDb } from '@db/open';
import { expect, test } from '@playwright/test';
import { until } from '../support/app-kill-lab';
import { box, byHand, openCard, redeem, scan, signUp, toBox } from '../support/counter-shift';
import { freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';

/** A whole shift at the counter with the line down, by keys and by scanner; then the line comes back. */
const DAY = 86_400_000;
/** The day of the shift: noon in the shop, the next one by this machine's clock, which the page's own day follows. */
const TODAY = Math.ceil((Date.now() - 17 * 3_600_000) / DAY) * DAY + 17 * 3_600_000;
/** Longer before than a permission waits to be confirmed. */
const MONTH_AGO = TODAY - 31 * DAY;

const open: { stop(): void }[] = [];
const aCarrier = async (args: readonly string[]) => {
  const c = await startCarrier(args);
  open.push(c);
  return c;
};
test.afterEach(() => {
  for (const c of open.splice(0)) c.stop();
});

const rows = <T>(r: Regulars, sql: string, ...params: unknown[]): T[] => {
  const db = openDb(join(r.dataDir, 'practice', 'shop.sqlite'), { readonly: true });
  try {
    return db.raw.prepare(sql).all(...params) as T[];
  } finally {
    db.close();
  }
};

/** Of an area none of the sample people is from: whoever signs up is new. */
const number = (n: number) => `62855501${String(n).padStart(2, '0')}`;

test('a full counter shift offline, then online: confirmations leave once, those that are too old do not', async () => {
  test.setTimeout(420_000);
  const time = await aCarrier(['--now', String(MONTH_AGO), '--rate', '1']);
  const state = join(freshDir('carrier'), 'carrier.jsonl');
  const first = await aCarrier(['--any-account', '--state', state, '--now', String(MONTH_AGO)]);
  const { port } = new URL(first.url);
  const r = await openPractice({ env: { REGULARS_TWILIO_URL: first.url, REGULARS_CLOCK_URL: `${time.url}/__sim/clock` } });
  const { page } = r;
  await r.call('settings/save-texting', {
    segmentsPerSecond: 20,
    pricePerSegment: 8300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });
  const offer = { kind: 'percent', percent: 10, validDays: 60, codeMode: 'shared' };
  await r.call('offers/save', { id: null, name: 'Ten off', ...offer, sharedCode: 'TENOFF', tillKey: 'TEXT10' });
  first.stop();
  await expect(async () => {
    await page.keyboard.press('F2');
    await expect(box(page)).toBeFocused({ timeout: 1000 });
  }).toPass();

  // Three who signed up a month before the line comes back.
  for (const [n, name] of [
    [11, 'Early'],
    [12, 'Older'],
    [13, 'Oldest'],
  ] as const)
    await signUp(page, number(n), name);
  await time.control('clock', { advance: 31 * DAY });

  // Five today, one of whom changes her mind at once.
  for (const [n, name] of [
    [21, 'Rosa'],
    [22, 'Ottoline'],
    [23, 'Uma'],
    [24, 'Ottoline'],
    [25, 'Willa'],
  ] as const)
    await signUp(page, number(n), name);
  await byHand(page, number(25));
  await expect(page.locator('[data-person]').filter({ hasText: 'Willa' })).toBeVisible();
  await openCard(page, 'Willa');
  await page.getByRole('button', { name: 'Asked us to stop' }).press('Enter');
  // stopped at once; the reason may be skipped
  await page.getByRole('dialog').locator('[data-autofocus]').press('Enter');
  await expect(page.getByRole('dialog').getByRole('button')).not.toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(box(page)).toBeFocused();

  // One says yes aloud: a question is all they get.
  await page.getByRole('button', { name: 'They said yes out loud' }).press('Enter');
  await expect(page.getByLabel('Their number')).toBeFocused();
  await byHand(page, number(31));
  await page.keyboard.press('Tab');
  await byHand(page, 'Cleo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await toBox(page);

  // Twelve who redeem: scanned, said at the till, receipt scanned or skipped.
  for (let i = 0; i < 12; i++) {
    await redeem(page, 'TENOFF');
    if (i % 3 === 0) await scan(page, `9000${i}1234`);
    else await page.keyboard.press(i % 3 === 1 ? 'Enter' : 'Escape');
    await expect(page.locator('[data-till]')).toHaveCount(0);
    await expect(box(page)).toBeFocused();
  }
  // A scanner in a hurry: the next code while the receipt is asked for is a code.
  await redeem(page, 'TENOFF');
  await scan(page, 'TENOFF');
  await expect(page.getByRole('button', { name: 'Redeem', exact: true })).toBeFocused();
  await expect(box(page)).toHaveValue('TENOFF');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/Receipt number/)).toBeFocused();
  // One key takes it back.
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-till]')).toHaveCount(0);
  const redemptions = 'SELECT count(*) AS n, sum(reversed_at IS NOT NULL) AS back, sum(receipt_no IS NOT NULL) AS receipts FROM redemption';
  expect(rows(r, `${redemptions} WHERE how = 'code' AND at > ?`, MONTH_AGO)).toEqual([{ n: 14, back: 1, receipts: 4 }]);

  // Looked up with a slip, chosen among several by a digit; what they look for is noted.
  await byHand(page, 'Otoline');
  const ottoline = page.locator('[data-person]').filter({ hasText: 'ends in 0122' });
  await expect(ottoline).toBeVisible();
  await openCard(page, 'ends in 0122');
  await ottoline.getByRole('button', { name: 'Add a wish' }).press('Enter');
  await byHand(page, 'Brown boots');
  await page.keyboard.press('Enter');
  await expect(ottoline.getByText('Brown boots')).toBeVisible();
  await ottoline.getByRole('button', { name: 'Add a size' }).press('Enter');
  await byHand(page, '9');
  await page.keyboard.press('Enter');
  await expect(ottoline.getByText('Shoe 9')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue('');

  // The last ten things, and one of them taken back.
  const log = page.locator('[data-desk-log] li');
  await expect(log).toHaveCount(10);
  await expect(log.first()).toContainText('Size noted');
  await log.first().getByRole('button', { name: /Undo/ }).press('Enter');
  await expect(log.first()).toContainText('taken back');

  // What was written on paper at noon is caught up with: typed with its amount, scanned, and a slip corrected in its line.
  await page.getByRole('button', { name: 'Catch up' }).press('Enter');
  const line = (state: string) => page.locator(`[data-line="${state}"]`);
  await expect(page.locator('[data-catch-up]')).toBeFocused();
  await byHand(page, 'TENOFF 45.00');
  await page.keyboard.press('Enter');
  await expect(line('good')).toHaveCount(1);
  await expect(line('good')).toContainText('$4.50');
  await scan(page, 'TENOFF');
  await expect(line('good')).toHaveCount(2);
  await byHand(page, 'TENOFG');
  await page.keyboard.press('Enter');
  await expect(line('bad')).toHaveCount(1);
  await line('bad').getByRole('textbox').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await byHand(page, 'F');
  await page.keyboard.press('Enter');
  await expect(line('good')).toHaveCount(3);
  await expect(page.getByText('3 done', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // What somebody asked for by text is done, and said so with two keys.
  await r.call('counter-tasks/make', { phone: `+1${number(22)}`, kind: 'hold', words: 'Blue runners, size 8' });
  const task = page.locator('[data-task]').filter({ hasText: 'Blue runners' });
  await task.getByRole('button').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(task).toHaveCount(0);
  expect(rows(r, "SELECT state, outcome FROM counter_task WHERE words = 'Blue runners, size 8'")).toEqual([
    { state: 'done', outcome: 'sold' },
  ]);
  await expect(log.first()).toContainText('Task done');

  // All nine texts of the sign-ups wait or were taken back; none has left.
  const texts = () =>
    rows<{ address: string; state: string; reason: string | null; sid: string | null }>(
      r,
      "SELECT address, state, reason, sid FROM outbox WHERE address LIKE '+162855501%' AND cause_kind IN ('confirmation', 'double-opt-in') ORDER BY address",
    );
  expect(texts().map((t) => [t.address.slice(-2), t.sid])).toEqual(
    ['11', '12', '13', '21', '22', '23', '24', '25', '31'].map((n) => [n, null]),
  );

  // The line comes back, a month and some minutes later.
  const { now } = await time.control<{ now: number }>('clock'); // one time for both: texts wait while the clocks disagree
  const second = await aCarrier(['--any-account', '--state', state, '--port', port, '--now', String(now)]);
  const wanted = [21, 22, 23, 24, 31].map((n) => `+1${number(n)}`);
  await until(
    'confirmations and the question left',
    async () =>
      rows<{ n: number }>(
        r,
        `SELECT count(*) AS n FROM outbox WHERE sid IS NOT NULL AND address IN (${wanted.map(() => '?').join()})`,
        ...wanted,
      ),
    (n) => n[0]?.n === wanted.length,
    120_000,
  );
  // long enough for a second one to leave, if there were any
  await page.waitForTimeout(5000);
  const sent = await second.control<{ messages: { to: string; body: string }[] }>('messages');
  const to = (n: number) => sent.messages.filter((m) => m.to === `+1${number(n)}`);
  for (const n of [21, 22, 23, 24]) expect(to(n), number(n)).toHaveLength(1);
  for (const n of [11, 12, 13, 25]) expect(to(n), number(n)).toEqual([]);
  expect(to(31).map((m) => /reply Y/i.test(m.body))).toEqual([true]);
  const why = Object.fromEntries(texts().flatMap((t) => (t.sid === null ? [[t.address.slice(-2), `${t.state}: ${t.reason}`]] : [])));
  expect(why).toEqual({ '11': 'skipped: expired', '12': 'skipped: expired', '13': 'skipped: expired', '25': 'cancelled: opted-out' });
  const states = rows<{ address: string; state: string }>(
    r,
    `SELECT b.address, s.state FROM consent_state s JOIN address_book b ON b.address_hmac = s.address_hmac
     WHERE s.purpose = 'marketing' AND b.address IN (?, ?, ?)`,
    ...[22, 25, 31].map((n) => `+1${number(n)}`),
  );
  expect(Object.fromEntries(states.map((s) => [s.address.slice(-2), s.state]))).toEqual({ '22': 'in', '25': 'out', '31': 'pending' });
  await r.close();
});
