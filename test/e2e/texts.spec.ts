import { expect, test } from '@playwright/test';
import { until } from '../support/app-kill-lab';
import { openPractice, type Regulars, startCarrier } from '../support/launch';

/** 14:00 in New York, 11:00 in Los Angeles: nobody has to wait for their morning. */
const NOON = Date.parse('2026-11-17T19:00:00Z');
const open: { stop(): void }[] = [];
test.afterEach(() => {
  for (const c of open.splice(0)) c.stop();
});

interface Status {
  counts: Record<string, number>;
  uncertain: { looking: number; needsDecision: number };
}

/** A campaign to those who were in lately, written and not sent. */
async function written(shop: Regulars): Promise<number> {
  await shop.call('settings/save-texting', {
    segmentsPerSecond: 20,
    pricePerSegment: 8300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });
  const { id: segmentId } = await shop.call<{ id: number }>('segments/save', {
    id: null,
    name: 'Lately here',
    rule: {
      any: [
        {
          all: [
            { is: 'may-text', value: true },
            { is: 'last-visit', op: 'within', days: 14 },
          ],
        },
      ],
    },
  });
  const fields = {
    name: 'Boots are in',
    segmentId,
    body: 'Juniper & Main: hi {first name|there}, boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  const { id } = await shop.call<{ id: number }>('campaigns/save', { id: null, fields });
  return id;
}

test('the owner finds out what became of a text, decides about the one nobody knows of, and texts their own phone', async () => {
  test.setTimeout(180_000);
  const carrier = await startCarrier(['--any-account', '--now', String(NOON), '--rate', '20']);
  open.push(carrier);
  const r = await openPractice({ env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock` } });
  const { page } = r;
  const id = await written(r);

  // The words to the owner's own phone.
  await page.getByRole('navigation').getByRole('button', { name: 'Campaigns', exact: true }).click();
  await page.getByRole('row', { name: /Boots are in/ }).click();
  await page.getByRole('button', { name: 'Send this to my phone' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your mobile number').fill('(212) 555-0177');
  await dialog.getByRole('button', { name: 'Send it' }).click();
  await expect(dialog.getByRole('status')).toContainText(/carrier|phone|Arrived/, { timeout: 30_000 });
  await expect(dialog.getByText('9 more today')).toBeVisible();
  const bodies = (await carrier.control<Record<string, { bodies: Record<string, number> }>>('assertions'))['+12125550177']?.bodies ?? {};
  expect(Object.keys(bodies)[0]).toMatch(/^Juniper & Main: hi .*boots are in\./);
  await page.keyboard.press('Escape');

  await carrier.control('faults', { method: 'POST', path: 'Messages.json', times: 3, effect: { kind: 'reset' } });
  await carrier.control('script', { outcome: { status: 'undelivered', errorCode: 30003 }, times: 4 });
  const { quoteToken } = await r.call<{ quoteToken: string }>('campaigns/review', { id });
  await r.call('campaigns/start', { id, quoteToken });
  const status = () => r.call<Status>('outbox/status', { campaignId: id });
  await until(
    'everything left',
    async () => {
      await carrier.control('clock', { advance: 30_000 }); // the first twenty are watched for minutes
      await page.waitForTimeout(400);
      return status();
    },
    (s) => !s.counts['waiting'] && !s.counts['staged'] && !s.counts['sending'],
    120_000,
  );
  await until(
    'the carrier has told',
    async () => {
      await carrier.control('clock', { advance: 20 * 60_000 });
      await page.waitForTimeout(700);
      return status();
    },
    (s) => s.uncertain.looking === 0 && s.uncertain.needsDecision === 3,
  );

  // Straight to what only the owner can decide.
  await page.getByRole('navigation').getByRole('button', { name: 'Campaigns', exact: true }).click();
  await page.getByRole('button', { name: 'All texts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Texts' })).toBeVisible();
  await page.getByRole('button', { name: 'Not known' }).click();
  await expect(page.getByText('3 people: we do not know if the text left')).toBeVisible();
  await page.getByRole('button', { name: 'Leave it' }).first().click();
  await expect(page.getByText('2 people: we do not know if the text left')).toBeVisible();

  // One that did not arrive, by keyboard: what was tried, what came back, what to do.
  await page.getByRole('button', { name: 'Did not arrive' }).click();
  const grid = page.getByRole('grid', { name: 'Texts' });
  await expect(grid.getByText('Phone off or out of reach').first()).toBeVisible();
  await grid.getByText('Phone off or out of reach').first().click();
  const story = page.getByRole('dialog');
  await expect(story.getByText('Sent to the carrier', { exact: true })).toBeVisible();
  await expect(story.getByText(/Worth another try with the next text/)).toBeVisible();
  await expect(story.getByText('30003', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await r.close();
});
