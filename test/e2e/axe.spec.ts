import { expect, type Page, test } from '@playwright/test';
import { violationsInBoth } from '../support/axe';
import { makeDesktop } from '../support/desktop';
import { backToStaff, freshDir, launch, openPractice, type Regulars } from '../support/launch';

/** WCAG 2.2 AA on every screen, in both themes. */
const SCREENS = [
  'This week',
  'Counter',
  'Customers',
  'Groups',
  'Campaigns',
  'Automations',
  'Replies',
  'Offers',
  'Results',
  'Import',
  'Settings',
] as const;

/** As it stands once skeletons are over. */
const clean = async (page: Page, what: string) => {
  await page.waitForTimeout(500);
  expect(await violationsInBoth(page), what).toEqual([]);
};

const go = (page: Page, name: string) =>
  page
    .getByRole('navigation')
    .getByRole('link', { name, exact: true })
    .or(page.getByRole('navigation').getByRole('button', { name, exact: true }))
    .first()
    .click();

/** A campaign set for a good hour of one of the next days. */
async function planAhead(r: Regulars): Promise<{ id: number }> {
  const groups = await r.call<{ id: number }[]>('segments/list');
  const fields = {
    name: 'Planned ahead',
    segmentId: groups[0]?.id,
    body: '{shop}: hi {first name|there}, boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  const { id } = await r.call<{ id: number }>('campaigns/save', { id: null, fields });
  const noon = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 17 * 3_600_000; // of New York, an hour either way
  for (let d = 1; d < 12; d++) {
    const at = noon + d * 86_400_000;
    const review = await r.call<{ quoteToken: string | null; ceiling: { people: number } }>('campaigns/review', { id, at });
    if (review.quoteToken === null) continue;
    const ceilingPeople = review.ceiling.people;
    await r.call('campaigns/schedule', { id, quoteToken: review.quoteToken, at, latePolicy: 'ask', ceilingPeople, viaCarrier: false });
    return { id };
  }
  throw new Error('no good day');
}

/** For the counter: a code with terms (its letters come back), a code for members, and a prize draw that takes entries. */
async function counterMatters(r: Regulars): Promise<string> {
  const save = (o: Record<string, unknown>) =>
    r.call<{ id: number }>('offers/save', { id: null, kind: 'percent', percent: 20, validDays: 14, ...o });
  const { id: offerId } = await save({ name: 'Boots day', codeMode: 'personal', minSpend: 6000, categories: ['Boots'] });
  await save({ name: 'Club night', codeMode: 'shared', sharedCode: 'CLUB25', membersOnly: true });
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(Date.now());
  const rules = {
    sponsor: 'Juniper & Main',
    sponsorAddress: '1 Main St, New York, NY 10001',
    prize: 'One pair of boots',
    prizeValue: 18_000,
    minAge: 18,
    residents: 'New York',
    freeEntry: 'Ask at the counter.',
    claimDays: 14,
    winnersList: 'Ask at the counter.',
    extra: '',
  };
  const draw = {
    id: null,
    name: 'Boots',
    word: null,
    opensOn: today,
    closesOn: `${Number(today.slice(0, 4)) + 1}-01-01`,
    winners: 1,
    alternates: 1,
    rules,
  };
  const { id } = await r.call<{ id: number }>('draws/save', draw);
  await r.call('draws/open', { id });
  return (await r.call<{ codes: string[] }>('offers/make-paper', { offerId, count: 1 })).codes[0] ?? '';
}

test.describe('every screen', () => {
  let r: Regulars;
  test.beforeAll(async () => {
    r = await openPractice();
    await expect(r.page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
  });
  test.afterAll(() => r.close());

  for (const screen of SCREENS) {
    test(screen, async () => {
      await go(r.page, screen);
      await expect(r.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await clean(r.page, screen);
    });
  }

  test('a person, a group, a campaign, sign-up and the palette', async () => {
    const { page } = r;
    await go(page, 'Customers');
    await page.getByRole('row').nth(2).click();
    await clean(page, 'a person');
    await page.keyboard.press('Control+k');
    await clean(page, 'the palette');
    await page.keyboard.press('Escape');
    await go(page, 'Customers');
    await page.getByRole('button', { name: /possible duplicate/ }).click();
    await clean(page, 'possible duplicates');
    await go(page, 'Counter');
    await page.keyboard.press('F3');
    await clean(page, 'signing up');
    await backToStaff(page);
  });

  test('a new group, what its sentence says back, and a group with its people', async () => {
    const { page } = r;
    await go(page, 'Groups');
    await page.getByRole('button', { name: 'New group' }).click();
    await page.getByLabel('Say it in a sentence').fill('bought snaekers');
    await page.getByRole('button', { name: 'Read it' }).click();
    await clean(page, 'a name nobody knows');
    await go(page, 'Groups');
    await page.getByRole('row', { name: /Can’t be texted/ }).click();
    await page.getByRole('button', { name: /^No number/ }).click();
    await page.getByRole('combobox', { name: 'Other group' }).selectOption({ label: 'Regulars' });
    await clean(page, 'a group');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Save as a file' }).click();
    await clean(page, 'a group as a file');
    await page.keyboard.press('Escape');
  });

  test('a campaign of two groups with two wordings, its review, and an offer', async () => {
    const { page } = r;
    const groups = await r.call<{ id: number; name: string }[]>('segments/list');
    const [one, other] = ['Regulars', 'May be texted'].map((name) => groups.find((g) => g.name === name));
    const offer = { id: null, name: 'A free pair of laces', kind: 'free-item', item: 'Laces', validDays: 14, codeMode: 'personal' };
    const { id: offerId } = await r.call<{ id: number }>('offers/save', offer);
    const body = '{shop}: Hi {first name|there}, laces on us: {code}, till {ends}. SALE!!! “Come” by…';
    const fields = {
      name: 'Two groups',
      segmentId: one?.id,
      body,
      offerId,
      addStopLine: false,
      holdout: 'auto',
      goal: { kind: 'visits', target: 20 },
      windowDays: 14,
      more: [{ segmentId: other?.id, body: '{shop}: boots are in. Reply BOOTS.', offerId: null }],
      words: [{ part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: cordones gratis: {code}, hasta {ends}.' }],
    };
    const { id } = await r.call<{ id: number }>('campaigns/save', { id: null, fields });
    await go(page, 'Campaigns');
    await page.getByRole('row', { name: /Two groups/ }).click();
    await expect(page.getByTestId('bubble')).toBeVisible();
    await clean(page, 'written');
    await page.getByRole('button', { name: 'Check and send' }).click();
    await expect(page.getByText('When they leave')).toBeVisible({ timeout: 30_000 });
    await clean(page, 'reviewed');
    await go(page, 'Campaigns');
    await r.call('campaigns/remove', { id });
    await page.getByRole('button', { name: 'New campaign' }).click();
    await expect(page.getByRole('button', { name: /Bought this, never that/ })).toBeEnabled();
    await clean(page, 'ideas');
    await go(page, 'Offers');
    await page.getByRole('row', { name: /A free pair of laces/ }).click();
    await clean(page, 'an offer');
    await page.getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await clean(page, 'an offer being changed');
    await page.keyboard.press('Escape');
  });

  test('rewards', async () => {
    const { page } = r;
    await go(page, 'Offers');
    await page.getByRole('button', { name: 'Rewards' }).click();
    for (const next of ['Who collects', 'What you owe', 'Change']) {
      await page.getByRole('button', { name: next, exact: true }).click();
      await clean(page, `rewards: ${next}`);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(300);
    }
  });

  test('every section of the settings, the sign-up kit, the registration', async () => {
    test.setTimeout(240_000);
    const { page } = r;
    await go(page, 'Settings');
    await expect(page.getByRole('main').getByRole('navigation')).toBeVisible();
    const sections = await page.getByRole('main').getByRole('navigation').getByRole('button').allInnerTexts();
    expect(sections.length).toBeGreaterThan(12);
    for (const section of sections) {
      await page.getByRole('main').getByRole('navigation').getByRole('button', { name: section, exact: true }).click();
      await clean(page, section);
    }
    for (const place of ['Sign-up kit', 'Registration', 'Texting account']) {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(/./).last().fill(place);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
      await clean(page, place);
    }
  });

  test('texts and their stories, who cannot be texted, a campaign planned ahead, everything paused', async () => {
    test.setTimeout(240_000);
    const { page } = r;
    await go(page, 'Campaigns');
    await page.getByRole('button', { name: 'All texts' }).click();
    await page.getByRole('row').nth(2).waitFor();
    await clean(page, 'texts');
    await page.getByRole('button', { name: 'Not known' }).click();
    await clean(page, 'texts nobody knows of');
    await page.getByRole('button', { name: 'Did not arrive' }).click();
    await page.getByRole('row').nth(2).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await clean(page, 'the story of a text');
    await page.keyboard.press('Escape');

    await go(page, 'Customers');
    await page.getByRole('button', { name: 'Can’t be texted' }).click();
    await page
      .getByRole('button', { name: /^Correct the number of/ })
      .first()
      .click();
    await clean(page, 'a number corrected');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Look numbers up/ }).click();
    await clean(page, 'what a look-up costs');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await clean(page, 'who cannot be texted');

    const { id } = await planAhead(r);
    await go(page, 'Campaigns');
    await page.getByRole('row', { name: /Planned ahead/ }).click();
    await expect(page.getByText('If it left today')).toBeVisible();
    await r.call('outbox/pause-all');
    await expect(page.getByText(/All sending has been paused since/)).toBeVisible();
    await clean(page, 'planned, all sending paused');
    await r.call('outbox/resume-all');
    await page.getByRole('button', { name: 'Another time' }).click();
    await clean(page, 'another time');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByRole('button', { name: 'Send this to my phone' }).click();
    await clean(page, 'a test text');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Check and send' }).click();
    await page.getByText('At a time', { exact: true }).click();
    await expect(page.getByLabel('If this computer is off then')).toBeVisible();
    await clean(page, 'when it leaves');
    await go(page, 'Campaigns');
    await r.call('campaigns/remove', { id });
  });

  test('the counter: somebody’s card and its forms, a busy day, signing up', async () => {
    const { page } = r;
    await go(page, 'Counter');
    const box = page.getByRole('textbox', { name: 'Find a person or a code' });
    await box.fill('hannah');
    await page.waitForTimeout(500);
    await clean(page, 'people found');
    await page.getByRole('button', { name: 'Open', exact: true }).first().click();
    for (const form of ['Add a size', 'Add a wish', 'Add a note']) {
      await page.getByRole('button', { name: form }).click();
      await clean(page, form);
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    }
    await box.fill('');
    for (const tool of ['Catch up', 'Paper form', 'Member without a phone', 'They said yes out loud']) {
      await page.getByRole('button', { name: tool }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await clean(page, tool);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    await page.keyboard.press('F3');
    await clean(page, 'the customer’s screen');
    await page.getByRole('button', { name: 'Español' }).click();
    await clean(page, 'the customer’s screen in Spanish');
    await page.getByRole('button', { name: 'English' }).click();
    await backToStaff(page);
  });

  test('staff: the first day tried out, in Spanish', async () => {
    const { page } = r;
    const { people } = await r.call<{ people: { id: number; role: string }[] }>('session/state', {});
    const session = (role: string) => ({ staffId: people.find((p) => p.role === role)?.id, pin: '2468' });
    const terms = await counterMatters(r);
    await r.call('session/lock', {});
    await r.call('session/unlock', session('staff'));
    await page.getByRole('button', { name: 'Probar', exact: true }).click();
    for (const [typed, next] of [
      ['0123', 'Canjea su código'],
      ['K7M4Q9J', 'Apunta a alguien'],
    ] as const) {
      await clean(page, next);
      await page.getByRole('textbox').first().fill(typed);
      await page.keyboard.press('Enter');
      await page
        .getByRole('button', { name: /Omitir|Listo/ })
        .click({ timeout: 1000 })
        .catch(() => undefined);
      await page.getByRole('button', { name: 'Seguir' }).click();
      await expect(page.getByRole('heading', { name: next })).toBeVisible();
    }
    await clean(page, 'the third');
    await page.getByRole('button', { name: 'Salir de la práctica' }).click();
    for (const [typed, says] of [
      [terms, 'Sí, canjear'],
      ['CLUB25', 'Para miembros'],
    ] as const) {
      await page.getByRole('textbox').first().fill(typed);
      await page.keyboard.press('Enter');
      await expect(page.getByText(says).first()).toBeVisible();
      await clean(page, says);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('textbox').first().fill('');
    await page.getByRole('button', { name: 'Sorteo' }).click();
    await expect(page.getByRole('dialog').getByLabel('Número de móvil')).toBeVisible();
    await clean(page, 'a free entry');
    await page.keyboard.press('Escape');
    await r.call('session/lock', {});
    await r.call('session/unlock', session('owner'));
  });
});

test('an import from the files to its report', async () => {
  const r = await openPractice();
  const { page } = r;
  const desktop = makeDesktop(freshDir('axe-desktop'));
  await go(page, 'Import');
  for (const tab of ['Arrives by itself', 'Lists you explained', 'Where to find it']) {
    await page.getByRole('tab', { name: tab }).click();
    await clean(page, tab);
  }
  await r.app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: chosen })) as typeof dialog.showOpenDialog;
    },
    [desktop.customers, desktop.itemsSpring, desktop.market, desktop.summary],
  );
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await expect(page.getByRole('button', { name: 'Start with customers.csv' })).toBeEnabled();
  await clean(page, 'files dropped together');
  await page.getByRole('button', { name: /^Explain it/ }).click();
  await page.getByRole('radio', { name: 'Sales' }).check();
  await page.getByLabel('Means: Was').selectOption('total');
  await clean(page, 'what the columns mean');
  await page.getByRole('button', { name: 'Back to the files' }).click();
  await page.getByRole('button', { name: /^Check this one: items/ }).click();
  const go_ = page.getByRole('button', { name: /^Import \d/ });
  await expect(go_).toBeVisible();
  await clean(page, 'checked');
  await go_.click();
  await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible();
  await clean(page, 'report');
  await page.getByRole('button', { name: 'Back to the files' }).first().click();
  await page.getByRole('button', { name: 'Clear this list' }).click();
  await r.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
  }, desktop.ambiguous);
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByText('only you can know')).toBeVisible();
  await clean(page, 'questions');
  await r.close();
});

test('onboarding', async () => {
  const r = await launch();
  await expect(r.page.getByRole('heading', { level: 1 })).toBeVisible();
  await clean(r.page, 'the first page');
  await r.close();
});
