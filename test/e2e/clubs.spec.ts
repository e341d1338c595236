import { addDays, instantOf, localTime, shopDay } from '@domain/calendar';
import type { ShopDay, UtcMs, Zone } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { violations } from '../support/axe';
import { Keyboard } from '../support/keyboard';
import { freshDir, openPractice, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';
import { clubsWalk } from '../support/shots-clubs';

/** A club from its making to a campaign on another day, in the real window, over the practice carrier. */
const NY = 'America/New_York' as Zone;
const OUT = process.env['REGULARS_SHOTS_OUT'];
const NEWCOMER = '+16465550133';

/** Eleven o'clock of a shop day. */
const eleven = (day: ShopDay): UtcMs => instantOf(NY, ...(day.split('-').map(Number) as [number, number, number]), 11);

test('a club is made, its word joins, its member is seen, and its campaign is taken to another day by keys', async () => {
  test.setTimeout(OUT ? 600_000 : 90_000);
  const carrier = await startCarrier(['--any-account', '--seed', 'clubs', '--now', String(Date.now()), '--rate', '1']);
  const r = await openPractice({
    dataDir: freshDir('clubs'),
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: NY },
  });
  const { page } = r;
  const kb = new Keyboard(page);
  try {
    await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible({ timeout: 60_000 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await kb.goTo('Clubs');
    await kb.press(page.getByRole('button', { name: 'New club' }));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name in English').fill('Trail running');
    await dialog.getByLabel('Name in Spanish').fill('Carrera de montaña');
    await dialog.getByLabel(/^Word people text/).fill('STOP');
    await expect(dialog.getByRole('button', { name: 'Save club' })).toBeDisabled();
    await dialog.getByLabel(/^Word people text/).fill('TRAIL');
    await kb.press(dialog.getByRole('button', { name: 'Save club' }));
    await expect(page.getByRole('heading', { level: 1, name: 'Trail running' })).toBeVisible();
    await expect(page.getByText('Nobody has joined yet')).toBeVisible();

    await carrier.control('inbound', { from: NEWCOMER, body: 'Trail please' });
    await r.call('inbox/sync');
    const campaign = page.getByRole('button', { name: 'Campaign to 1 member' });
    await expect(campaign).toBeEnabled();
    await expect(page.getByText('Most came by the word TRAIL')).toBeVisible();
    const answer = async () => {
      const { messages } = await carrier.control<{ messages: { to: string; body: string }[] }>('messages');
      return messages.find((m) => m.to === NEWCOMER)?.body ?? '';
    };
    await expect.poll(answer, { timeout: 20_000 }).toContain('Trail running');
    expect(await violations(page)).toEqual([]);

    await kb.press(campaign);
    await expect(page.getByRole('heading', { level: 1, name: 'For Trail running' })).toBeVisible();
    await kb.goTo('This week');
    const { rows } = await r.call<{ rows: { id: number; name: string }[] }>('campaigns/list', { page: { offset: 0, limit: 50 } });
    const id = rows.find((x) => x.name === 'For Trail running')?.id;
    const { segmentId } = await r.call<{ segmentId: number }>('campaigns/get', { id });
    await r.call('campaigns/save', {
      id,
      fields: {
        name: 'For Trail running',
        segmentId,
        body: '{shop}: Hi {first name|there}, trail shoes are in.',
        offerId: null,
        addStopLine: true,
        holdout: 'off',
        goal: { kind: 'none', target: null },
        windowDays: 14,
        topic: 'trail-running',
      },
    });
    // two weekdays in one week of the calendar, so that arrow keys lead from one to the other
    const today = shopDay((await carrier.control<{ now: number }>('clock')).now as UtcMs, NY);
    const from = [3, 4, 5, 6, 7, 8, 9].map((d) => addDays(today, d)).find((d) => [1, 2].includes(localTime(eleven(d), NY).weekday));
    if (!from) throw new Error('no such day');
    const to = addDays(from, 8);
    const review = await r.call<{ quoteToken: string; people: number; ceiling: { people: number } }>('campaigns/review', {
      id,
      at: eleven(from),
    });
    expect(review.people).toBe(1);
    await r.call('campaigns/schedule', {
      id,
      quoteToken: review.quoteToken,
      at: eleven(from),
      latePolicy: 'ask',
      ceilingPeople: review.ceiling.people,
      viaCarrier: false,
    });

    await kb.goTo('Calendar');
    const chip = page.getByRole('button', { name: /^For Trail running/ });
    await expect(chip).toBeVisible();
    await chip.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('status').filter({ hasText: 'Enter moves it' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Day')).toHaveValue(to);
    await kb.press(dialog.getByRole('button', { name: 'Move it' }));
    await expect(dialog).toBeHidden();
    expect((await r.call<{ scheduledAt: number }>('campaigns/get', { id })).scheduledAt).toBe(eleven(to));
    await expect(page.getByRole('list', { name: 'The next 30 days' }).getByRole('listitem').filter({ has: chip }).first()).toContainText(
      String(Number(to.slice(8))),
    );
    expect(await violations(page)).toEqual([]);
    if (OUT) await clubsWalk(new Camera(r, OUT, 'clubs'), today, (d) => eleven(addDays(today, d)));
  } finally {
    await r.close().catch(() => undefined);
    carrier.stop();
  }
});
