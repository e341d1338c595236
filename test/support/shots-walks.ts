import type { SquareExport } from '@db/seed/index';
import { expect } from '@playwright/test';
import { makeDesktop } from './desktop';
import { backToStaff, freshDir, type Regulars } from './launch';
import type { Camera } from './shots';

const SECTIONS = [
  ['shop', 'Shop and hours'],
  ['staff', 'Staff and PINs'],
  ['activity', 'Who did what'],
  ['texting', 'Texting'],
  ['mail', 'E-mail'],
  ['replies', 'Automatic answers'],
  ['kit', 'Sign-up kit and wording'],
  ['records', 'Permission records'],
  ['courtesy', 'Quiet hours and promises'],
  ['money', 'Money'],
  ['papers', 'Printing'],
  ['backups', 'Backups'],
  ['background', 'Running in the background'],
  ['appearance', 'Appearance'],
  ['display', 'Customer’s screen'],
  ['updates', 'Updates'],
  ['about', 'About'],
] as const;

/** Screens every shop has, whatever is in it. */
export async function everywhere(c: Camera): Promise<void> {
  for (const place of [
    'this-week',
    'counter',
    'customers',
    'groups',
    'campaigns',
    'calendar',
    'clubs',
    'deliveries',
    'notices',
    'automations',
    'texts',
    'replies',
    'offers',
    'loyalty',
    'results',
    'import',
    'kit',
    'registration',
    'account',
    'restore',
  ])
    await c.screen(place, () => c.go(place));
  await c.screen('results-over-time', async () => {
    await c.go('results');
    await c.page.getByText('Over time', { exact: true }).click();
  });
  for (const page of ['Margins', 'Till check']) {
    await c.screen(page.toLowerCase().replace(' ', '-'), async () => {
      await c.go('results');
      await c.press('button', page);
    });
  }
  for (const [section, label] of SECTIONS) {
    await c.screen(`settings-${section}`, async () => {
      await c.go('settings');
      await c.page.getByRole('main').or(c.page.locator('#content')).first().getByRole('button', { name: label, exact: true }).click();
    });
  }
  await c.screen('palette', async () => {
    await c.go('this-week');
    await c.wish({ do: 'palette' });
  });
  await c.escape(2);
  await c.screen('sign-up', () => c.wish({ do: 'sign-up' }));
  await backToStaff(c.page);
  await c.screen('redeem', () => c.wish({ do: 'redeem' }));
  await c.escape(2);
  await c.screen('group-new', async () => {
    await c.go('groups');
    await c.press('button', /New group/);
  });
  await c.escape(2);
  await c.screen('offer-new', async () => {
    await c.go('offers');
    await c.press('button', /New offer/);
  });
  await c.escape(2);
  await c.screen('campaign-new', async () => {
    await c.go('campaigns');
    await c.press('button', /New campaign/);
  });
  await c.escape(2);
}

/** A row of the table on screen, by its place. */
export const row = (c: Camera, n: number) => c.page.getByRole('row').nth(n).click({ timeout: 5000 });

export interface Prepared {
  name: string;
  id: number;
}

/** A group, an offer and a campaign to send, by the contract. */
export async function aDraft(r: Regulars, name = 'Come back for shoes'): Promise<Prepared> {
  const { id: segmentId } = await r.call<{ id: number }>('segments/save', {
    id: null,
    name: 'Not in for two months',
    rule: {
      all: [
        { is: 'last-visit', op: 'over', days: 60 },
        { is: 'may-text', value: true },
      ],
    },
  });
  const offer = await r.call<{ id: number }>('offers/save', {
    id: null,
    name: '20 % off your next pair',
    kind: 'percent',
    percent: 20,
    validDays: 14,
    codeMode: 'personal',
  });
  const { id } = await r.call<{ id: number }>('campaigns/save', {
    id: null,
    fields: {
      name,
      segmentId,
      body: '{shop}: Hi {first name|there}, 20% off your next pair with code {code}, till {ends}.',
      offerId: offer.id,
      addStopLine: true,
      holdout: 'auto',
      goal: { kind: 'visits', target: 20 },
      windowDays: 14,
    },
  });
  return { name, id };
}

/** Screens of one thing, and the steps of the job. */
export async function details(c: Camera, file: SquareExport | null): Promise<void> {
  const { call } = c.shop;
  await c.screen('person', async () => {
    await c.go('customers');
    await row(c, 3);
  });
  await c.screen('person-proof', async () => {
    await c.press('button', 'More');
    await c.page.getByRole('menuitem', { name: 'Proof of permission' }).click();
  });
  await c.screen('counter-found', async () => {
    await c.wish({ do: 'find' });
    await c.still();
    await c.page.keyboard.type('ann', { delay: 20 });
  });
  await c.escape(2);
  await c.screen('redeem-typo', async () => {
    await c.wish({ do: 'redeem' });
    await c.still();
    await c.page.keyboard.type('K7M4Q9A\n', { delay: 20 });
  });
  await c.escape(2);
  await c.screen('cannot-text', async () => {
    await c.go('customers');
    await c.press('button', 'Can’t be texted');
  });
  await c.screen('automation', async () => {
    await c.go('automations');
    await c.press('button', 'Look at it: Birthday');
  });
  await c.screen('automation-on', () => c.press('button', 'Switch on…'));
  await c.escape(2);
  await c.screen('club', async () => {
    await c.go('clubs');
    await c.page.getByRole('main').getByRole('row').nth(1).getByRole('button').first().click();
  });
  await c.screen('group', async () => {
    await c.go('groups');
    await row(c, 2);
  });
  await c.screen('replies-conversation', async () => {
    await c.go('replies');
    await c.page.getByRole('main').or(c.page.locator('#content')).first().getByRole('option').first().click({ timeout: 5000 });
  });
  await c.screen('offer', async () => {
    await c.go('offers');
    await row(c, 1);
  });
  await c.escape(2);
  await c.screen('results-campaign', async () => {
    await c.go('results');
    await row(c, 3);
  });
  await c.screen('results-people', () => c.press('button', /^Came in [\d,]+$/));
  await c.escape();
  await c.screen('results-compare', async () => {
    await c.press('button', 'Compare two');
    await c.page.getByLabel('Second campaign').selectOption({ index: 2 });
  });
  const draft = await aDraft(c.shop);
  await c.screen('campaigns-composer', async () => {
    await c.go('campaigns');
    await c.press('row', new RegExp(draft.name));
  });
  await c.screen('campaigns-review', async () => {
    await c.press('button', 'Check and send');
    await expect(c.page.getByRole('button', { name: /^Text \d/ })).toBeVisible({ timeout: 30_000 });
  });
  await c.escape(2);
  await severalGroups(c);
  const review = await call<{ quoteToken: string | null }>('campaigns/review', { id: draft.id });
  if (review.quoteToken) {
    await call('campaigns/start', { id: draft.id, quoteToken: review.quoteToken });
    await c.screen('campaigns-sending', async () => {
      await c.go('campaigns');
      await c.press('row', new RegExp(draft.name));
      await expect(c.page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 60_000 });
      await c.page.waitForTimeout(4000);
    });
    await c.screen('campaigns-paused', () => c.press('button', 'Pause'));
  }
  if (file) {
    const { id, taskId } = await call<{ id: number; taskId: string }>('imports/preview', { path: file.items });
    await expect
      .poll(async () => (await call<{ id: string; state: string }[]>('tasks/list')).find((t) => t.id === taskId)?.state, {
        timeout: 120_000,
      })
      .toBe('done');
    await c.screen('import-dry-run', async () => {
      await c.go('import');
      await c.page
        .getByText(file.items.split('/').at(-1) as string)
        .filter({ visible: true })
        .first()
        .click({ timeout: 5000 });
    });
    await call('imports/commit', { id });
    await c.screen('import-report', () =>
      expect(c.page.getByRole('button', { name: /Undo this import/ })).toBeVisible({ timeout: 120_000 }),
    );
  }
  await importing(c);
  await c.screen('pin', async () => {
    await c.wish({ do: 'lock' });
    await c.still();
    await c.press('button', /Sign in/);
  });
  await c.screen('counter-staff', () => c.escape(2));
}

/** A campaign of four groups (one long-named, one of nobody) in two wordings, from its writing to its review; its groups and an offer. */
async function severalGroups(c: Camera): Promise<void> {
  const { call } = c.shop;
  const group = async (name: string, rule: unknown) => (await call<{ id: number }>('segments/save', { id: null, name, rule })).id;
  const long = 'Customers of the old shop on Maple Street who came in for the re-heeling';
  const often = { is: 'visits', op: 'at-least', count: 2, days: 365 };
  const spanish = { is: 'language', language: 'es' };
  const recent = { is: 'last-visit', op: 'within', days: 30 };
  const rich = { is: 'spend', op: 'at-least', amount: 25_000, days: null };
  const segmentId = await group(long, { all: [often, { any: [rich, { none: [spanish, recent] }] }] });
  const more = [
    {
      segmentId: await group('Spanish', spanish),
      body: '{shop}: Hola {first name|amigo}, llegaron las botas. Responde BOTAS.',
      offerId: null,
    },
    { segmentId: await group('In lately', recent), body: '{shop}: ✨ “Boots” are in… come soon! ✨', offerId: null },
    { segmentId: await group('Nobody', { ...often, count: 9999 }), body: '{shop}: boots are in. Reply BOOTS.', offerId: null },
  ];
  const body = '{shop}: {first name|Hello}, it has been {days since visit} days. Boots are in. Reply BOOTS.';
  const words = [
    { part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: {first name|Hola}, llegaron las botas. Responde BOTAS.' },
    { part: 1, language: 'en', arm: 'b', links: 'any', body: '{shop}: {first name|Friend}, the boots you asked about. Reply BOOTS.' },
  ];
  const fields = { name: 'Four groups', segmentId, body, offerId: null, addStopLine: true, holdout: 'auto', windowDays: 14, more, words };
  const { id } = await call<{ id: number }>('campaigns/save', { id: null, fields: { ...fields, goal: { kind: 'none', target: null } } });
  const { id: fixed } = await call<{ id: number }>('segments/fix', { name: 'List of the autumn fair', rule: often });
  await c.screen('campaigns-composer-groups', async () => {
    await c.go('campaigns');
    await c.press('row', /Four groups/);
  });
  await c.screen('campaigns-composer-dear', () => c.press('button', 'Write for group 3'));
  await c.screen('campaigns-review-groups', async () => {
    await c.press('button', 'Check and send');
    await expect(c.page.getByText('Who reads what')).toBeVisible({ timeout: 60_000 });
  });
  await c.escape(2);
  await c.screen('group-nested', async () => {
    await c.go('groups');
    await c.page.getByRole('row').nth(1).focus();
    await c.page.keyboard.press('End');
    await c.press('row', new RegExp(long));
    await c.page.getByRole('combobox', { name: 'Other group' }).selectOption({ label: 'Spanish' });
  });
  await c.screen('offer-edit', async () => {
    await c.go('offers');
    await row(c, 1);
    await c.press('button', 'Edit');
  });
  await c.escape(2);
  await call('campaigns/remove', { id });
  for (const used of [segmentId, ...more.map((m) => m.segmentId), fixed]) await call('segments/remove', { id: used });
}

/** The import screen's own states: tabs, files dropped together, explaining a list, a question, a ruined file. */
async function importing(c: Camera): Promise<void> {
  const desktop = makeDesktop(freshDir('shots-desktop'));
  const choose = async (files: string[]) => {
    await c.shop.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: chosen })) as typeof dialog.showOpenDialog;
    }, files);
    await c.go('import');
    await c.press('button', 'Choose a file');
  };
  for (const tab of ['Arrives by itself', 'Sales with a person', 'Lists you explained', 'Where to find it']) {
    await c.screen(`import-${tab.split(' ')[0]?.toLowerCase()}`, async () => {
      await c.go('import');
      await c.press('tab', tab);
    });
  }
  await c.screen('import-files', async () => {
    await choose([desktop.itemsSpring, desktop.summary, desktop.transactions, desktop.market, desktop.customers]);
    await expect(c.page.getByRole('button', { name: /^Start with/ })).toBeEnabled();
  });
  await c.screen('import-explain', async () => {
    await c.press('button', /^Explain it/);
    await c.page.getByRole('radio', { name: 'Sales' }).check();
    await c.page.getByLabel('Means: Tag').selectOption('date');
    await c.page.getByLabel('Means: Uhr').selectOption('date');
    await c.page.getByLabel('Means: Was').selectOption('phone');
  });
  await c.screen('import-question', async () => {
    await c.press('button', 'Back to the files');
    await c.press('button', 'Clear this list');
    await choose([desktop.ambiguous]);
    await c.press('button', 'Check the file');
    await expect(c.page.getByText('only you can know')).toBeVisible();
  });
  await c.screen('import-ruined', async () => {
    await c.press('button', 'Do not import');
    await choose([desktop.damaged]);
    await expect(c.page.getByText('is this the right file?')).toBeVisible();
  });
}

/** A shop that moves to another computer: what happens, where to, and what is left here. */
export async function leaving(c: Camera, r: Regulars, code: string): Promise<void> {
  const stick = freshDir('shots-stick');
  await c.escape(2);
  await r.signIn();
  await c.screen('move', async () => {
    await c.go('settings');
    await c.press('button', 'Backups');
    await c.press('button', 'Move this shop');
  });
  await c.screen('move-where', async () => {
    await c.press('button', 'Go on');
    await r.app.evaluate(({ dialog }, p) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [p] })) as typeof dialog.showOpenDialog;
    }, stick);
    await c.press('button', 'Choose the place');
    await c.page.getByRole('textbox', { name: 'Recovery code' }).fill(code);
  });
  await c.screen('retired', async () => {
    await c.press('button', 'Make the file and stop here');
    await expect(c.page.getByRole('heading', { name: /This shop moved to another computer/ })).toBeVisible({ timeout: 30_000 });
  });
  await c.screen('retired-read-only', async () => {
    await c.press('button', 'Open it read-only');
    await r.signIn();
    await c.go('customers');
  });
  await c.screen('retired-take-back', () => c.press('button', 'I am not moving after all'));
}
