import type { Page } from '@playwright/test';
import type { Regulars } from './launch';
import { Camera, THEMES } from './shots';

const SIZES = [
  [1280, 800],
  [1024, 700],
] as const;

/** Words and rules of one with everything in them. */
const FULL = {
  kind: 'bought-not',
  name: 'Shoes and no laces',
  waitDays: 14,
  mostPerDay: 20,
  stops: { came: true, replied: true, redeemed: true, bought: { what: 'category', name: 'Socks' }, textedDays: 7 },
};

/** Every state of what runs by itself, in both themes, wide and narrow. */
export async function walkAutomations(r: Regulars, out: string): Promise<void> {
  const camera = new Camera(r, out, 'automations');
  const { page } = r;
  const shot = async (name: string) => {
    for (const [w, h] of SIZES) {
      await camera.size(w, h);
      for (const theme of THEMES) {
        await camera.theme(theme);
        await camera.still();
        await page.screenshot({ path: `${out}/walk-${name}-${w}-${theme}.png` });
      }
    }
    await camera.size(1280, 800);
    await camera.theme('light');
  };
  const down = (to: number) =>
    page.evaluate((y) => {
      for (const e of document.querySelectorAll('*'))
        if (e.scrollHeight > e.clientHeight + 40 && getComputedStyle(e).overflowY !== 'visible') e.scrollTop = y;
    }, to);
  const list = () => page.getByRole('navigation').getByRole('button', { name: 'Automations', exact: true }).click();
  const main = page.getByRole('main').or(page.locator('#content')).first();
  const open = async (name: string) => {
    await list();
    await main.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  };
  const tab = (name: string) =>
    page.getByRole('navigation', { name: 'Parts of this automation' }).getByRole('button', { name, exact: true }).click();

  const { rows: groups } = { rows: await r.call<{ id: number }[]>('segments/list', {}) };
  const { rows: offers } = { rows: await r.call<{ id: number }[]>('offers/list', {}) };
  const pattern = {
    body: '{shop}: Hi {first name|there}, laces for your new shoes? {code} is good until {ends}. Reply HOLD.',
    offerId: offers[0]?.id ?? null,
    segmentId: groups[0]?.id ?? null,
    addStopLine: true,
    holdout: 'half',
    goal: { kind: 'visits', target: 10 },
    windowDays: 14,
    more: [{ name: '', segmentId: null, body: '{shop}: Hi {first name|there}, new laces came in. Reply HOLD.', offerId: null }],
    words: [{ part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: Hola {first name}, cordones? {code} hasta {ends}.' }],
    channels: 'both',
    mails: [{ part: 1, language: 'en', subject: 'Laces for your shoes', body: 'Hi {first name|there},\n\nnew laces came in.' }],
  };
  const terms = { what: 'category', name: 'Shoes', notWhat: 'item', notName: 'Laces' };
  await r.call('automations/make', { ...FULL, terms, pattern });
  for (const kind of ['thank-you', 're-buy', 'new-arrival', 'review', 'lapsed'])
    await r.call('automations/make', {
      kind,
      name: NAMES[kind] ?? kind,
      pattern: {
        ...pattern,
        more: [],
        segmentId: null,
        channels: 'sms',
        mails: [],
        offerId: null,
        body: '{shop}: Hi {first name|there}, thank you. Reply HOLD.',
        words: [],
      },
    });

  await list();
  await shot('list-full');
  await page.getByRole('button', { name: 'New automation' }).click();
  await shot('choose');
  await page.keyboard.press('Escape');
  await open('Later than usual');
  await shot('one-on');
  await down(900);
  await shot('one-on-below');
  await page.getByRole('button', { name: 'Play last month' }).click();
  await page.waitForTimeout(1500);
  await down(2000);
  await shot('dry-run');
  await tab('Who today');
  await shot('today');
  await tab('Everybody so far');
  await shot('people');
  await tab('Results');
  await shot('results');
  await down(900);
  await shot('results-below');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await shot('more');
  await page.getByRole('menuitem', { name: 'Why did' }).click();
  await page.getByRole('dialog').getByRole('textbox').first().fill('Ana');
  await page.waitForTimeout(800);
  await shot('why-find');
  await page.getByRole('dialog').getByRole('option').or(page.getByRole('dialog').locator('ul button')).first().click();
  await shot('why');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await shot('off');
  await page.keyboard.press('Escape');
  await open('Shoes and no laces');
  await shot('full-off');
  await page.getByRole('button', { name: 'Switch on…' }).click();
  await page.waitForTimeout(1200);
  await shot('full-sheet');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Change' }).first().click();
  await page.waitForTimeout(800);
  for (const [i, y] of [0, 560, 1120, 1680, 2240, 2800].entries()) {
    await down(y);
    await shot(`editor-${i}`);
  }
  await open('Time to buy again');
  await page.getByRole('button', { name: 'Change' }).first().click();
  await page.waitForTimeout(600);
  await shot('editor-re-buy');
  await open('Thanks for coming more often');
  await tab('Results');
  await shot('results-empty');
  await tab('Everybody so far');
  await shot('people-empty');
  await open('News for a club');
  await shot('club-off');
  await tellNow(r, page, shot);
}

const NAMES: Readonly<Record<string, string>> = {
  'thank-you': 'Thanks for coming more often',
  're-buy': 'Time to buy again',
  'new-arrival': 'News for a club',
  review: 'How was it?',
  lapsed: 'Stayed away',
};

async function tellNow(r: Regulars, page: Page, shot: (name: string) => Promise<void>): Promise<void> {
  const { rows } = await r.call<{ rows: { id: number; kind: string }[] }>('automations/list');
  const id = rows.find((x) => x.kind === 'new-arrival')?.id;
  const [topic] = await r.call<{ slug: string }[]>('kit/topics', {});
  await r.call('automations/save', { id, name: 'News for a club', terms: { topic: topic?.slug } });
  const q = await r.call<{ quoteToken: string | null }>('automations/quote', { id });
  if (q.quoteToken === null) return;
  await r.call('automations/switch-on', { id, quoteToken: q.quoteToken, inside: false });
  await page.getByRole('button', { name: 'Tell them now…' }).click();
  await shot('tell-now');
  await page.keyboard.press('Escape');
}
