import type { ShopDay } from '@domain/kernel';
import { expect } from '@playwright/test';
import { until } from './app-kill-lab';
import { type Camera, THEMES } from './shots';

interface Id {
  id: number;
}

/** Every state of clubs and of the calendar, wide and small; `eleven`: an instant so many days after today. */
export async function clubsWalk(c: Camera, today: ShopDay, eleven: (days: number) => number): Promise<void> {
  const { shop: r, page } = c;
  const club = async (name: string) => {
    await c.go('clubs');
    await page
      .getByRole('main')
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('button')
      .first()
      .click();
    await c.still();
  };
  const planned = async (name: string, segmentId: number, days: number, more: Record<string, unknown> = {}): Promise<number> => {
    const fields = {
      name,
      segmentId,
      body: '{shop}: Hi {first name|there}, new boots are in.',
      offerId: null,
      addStopLine: true,
      holdout: 'off',
      goal: { kind: 'none', target: null },
      windowDays: 14,
      ...more,
    };
    const { id } = await r.call<Id>('campaigns/save', { id: null, fields });
    const review = await r.call<{ quoteToken: string; ceiling: { people: number } }>('campaigns/review', { id, at: eleven(days) });
    const { quoteToken, ceiling } = review;
    const plan = { id, quoteToken, at: eleven(days), latePolicy: 'ask', ceilingPeople: ceiling.people, viaCarrier: false };
    await r.call('campaigns/schedule', plan);
    return id;
  };
  await c.size(1280, 800);
  await c.screen('one-member', () => club('Trail running'));
  await c.screen('calendar-one', () => c.go('calendar'));
  await c.screen('list', () => c.go('clubs'));
  await c.screen('new', () => c.press('button', 'New club'));
  await c.screen('new-refused', async () => {
    await page
      .getByRole('dialog')
      .getByLabel(/^Word people text/)
      .fill('STOP');
  });
  await c.escape();
  const { id: offer } = await r.call<Id>('offers/save', {
    id: null,
    name: '20 % off trail shoes',
    kind: 'percent',
    percent: 20,
    validDays: 14,
    codeMode: 'shared',
    sharedCode: 'TRAIL20',
    membersOnly: true,
    club: 'trail-running',
  });
  const rows = await r.call<{ slug: string; name: { en: string }; members: number }[]>('clubs/list');
  const biggest = [...rows].sort((a, b) => b.members - a.members)[0];
  if (biggest) {
    await c.screen('one', () => club(biggest.name.en));
    await c.screen('one-table', () => c.press('button', 'Show as table'));
    await c.press('button', 'Show as chart');
    await c.below('one-members', page.getByText('Who is in it'));
    await c.screen('end', () => c.press('button', 'End this club'));
    await c.escape();
    await c.screen('change', () => c.press('button', 'Change'));
    await c.escape();
    await c.screen('card', () => c.press('button', 'Counter card'));
  }
  await c.screen('one-offer', () => club('Trail running'));
  await c.screen('offer', async () => {
    await c.go('offers');
    await page.getByRole('row', { name: /20 % off trail shoes/ }).click();
    await c.press('button', 'Edit');
  });
  await c.escape(2);
  expect(offer).toBeGreaterThan(0);

  const groups = await r.call<{ id: number; name: string; readyMade: string | null }[]>('segments/list');
  const everyone = groups.find((g) => g.readyMade === 'everyone')?.id ?? groups[0]?.id ?? 0;
  for (const [name, day, more] of [
    ['Boots week', 4, {}],
    ['Socks for the whole family, three for the price of two', 5, { spreadDays: 3 }],
    ['First look', 5, {}],
    ['Late shopping evening', 5, {}],
    ['Slippers', 12, {}],
    ['Ends of lines', 20, {}],
  ] as const)
    await planned(name, everyone, day, more);
  for (const name of ['Birthday', 'Later than usual']) {
    await r.call('automations/list');
    await c.go('automations');
    await c.press('button', `Look at it: ${name}`);
    await c.press('button', 'Switch on…');
    await page.getByRole('dialog').getByRole('button', { name: 'Switch on', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await until(
    'automations know who is due',
    () => r.call<{ days: { items: { kind: string }[] }[] }>('ahead/days'),
    (x) => x.days.some((d) => d.items.some((i) => i.kind === 'automation')),
  );
  for (const [size, w, h] of [
    ['', 1280, 800],
    ['-small', 1024, 700],
  ] as const) {
    await c.size(w, h);
    await c.screen(`calendar${size}`, () => c.go('calendar'));
    await c.below(`calendar-below${size}`, page.getByText(/^What leaves/));
    await c.below(`calendar-load${size}`, page.getByText(/hear from you|Nobody hears from you twice/).last());
    await c.screen(`calendar-moving${size}`, async () => {
      await page.getByRole('button', { name: /^Slippers/ }).focus();
      await page.keyboard.press('ArrowRight');
    });
    await c.screen(`calendar-move${size}`, () => page.keyboard.press('Enter'));
    await c.escape();
    if (size === '-small') {
      await c.screen('list-small', () => c.go('clubs'));
      if (biggest) await c.screen('one-small', () => club(biggest.name.en));
    }
  }
  await c.size(1280, 800);
  await c.screen('calendar-full-day', async () => {
    await c.go('calendar');
    await page
      .getByRole('button', { name: /^and \d+ more/ })
      .first()
      .click();
  });
  await c.below('calendar-full-day-below', page.getByText(/^What leaves/));
  await c.screen('calendar-stays', async () => {
    await page
      .getByRole('button', { name: /^Birthday/ })
      .first()
      .focus();
    await page.keyboard.press('ArrowRight');
  });
  await c.screen('calendar-left-out', () =>
    page
      .getByRole('button', { name: /will be left out|will get it later/ })
      .first()
      .click(),
  );
  await c.escape();
  await c.screen('calendar-who', () => page.getByRole('button', { name: 'Who: Once' }).click());
  await c.escape();
  await r.call('kit/save-topic', {
    slug: 'trail-running',
    name: { en: 'Trail running', es: 'Carrera de montaña' },
    about: { en: '', es: '' },
    joinWord: 'TRAIL',
    active: false,
  });
  await c.screen('ended', () => club('Trail running'));
  await c.screen('ended-list', () => c.go('clubs'));
  console.log(`${c.taken} pictures in ${THEMES.length} themes from ${today}`);
  expect(c.missing).toEqual([]);
}
