import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import jsQR from 'jsqr';
import { violations } from '../support/axe';
import { openPractice, type Regulars } from '../support/launch';

/** The sign-up kit as it is looked at, printed and copied. With REGULARS_KIT_OUT its pictures and PDFs are kept to be looked at. */
const OUT = process.env['REGULARS_KIT_OUT'];
const PRINTED = ['Counter card', 'Poster', 'Bag inserts', 'Paper form'] as const;
const COPIED = ['Receipt footer', 'Website', 'Instagram', 'E-mail signature'] as const;

let r: Regulars;
test.beforeAll(async () => {
  r = await openPractice();
  await r.call('settings/save-shop', {
    ...(await r.call<{ shop: object }>('settings/get')).shop,
    name: 'Twenty Letters Shoes',
    phone: '(212) 555-0140',
    website: 'https://twentyletters.example',
  });
  if (OUT) mkdirSync(OUT, { recursive: true });
});
test.afterAll(() => r.close());

const keep = (name: string, data: Uint8Array) => OUT && writeFileSync(join(OUT, name), data);
const shoot = async (name: string) => {
  if (!OUT) return;
  for (const theme of ['light', 'dark'] as const) {
    await r.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await r.page.waitForTimeout(900);
    keep(`${name}-${theme}.png`, await r.page.screenshot());
  }
};
const open = async (name: string) => {
  await r.page.keyboard.press('Control+k');
  await r.page.getByPlaceholder(/./).last().fill('Sign-up kit');
  await r.page.keyboard.press('Enter');
  await r.page.getByRole('navigation', { name: 'Sign-up kit' }).getByRole('button', { name, exact: true }).click();
  await expect(
    r.page
      .getByRole('heading', {
        level: 2,
        name: name === 'Clubs and words' ? 'Clubs' : name,
      })
      .first(),
  ).toBeVisible();
  await r.page.waitForTimeout(500);
};
/** As the printer would get it. */
const pdf = async () => {
  const bytes = await r.app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setBackgroundColor('#ffffff');
    const made = await window?.webContents.printToPDF({ printBackground: true, pageSize: 'Letter' });
    return made ? [...made] : [];
  });
  return Uint8Array.from(bytes);
};
const pagesOf = (bytes: Uint8Array) =>
  (
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b(?!s)/g) ?? []
  ).length;

test('every printed piece: reachable, accessible, one page, its code read by a phone', async () => {
  for (const name of PRINTED) {
    await open(name);
    for (const language of ['English', 'Spanish', 'Both']) {
      await r.page.getByText(language, { exact: true }).click();
      await r.page.waitForTimeout(250);
      const made = await pdf();
      keep(`${name}-${language}.pdf`, made);
      expect(await overflowing(), `${name} ${language}`).toEqual([]);
      expect(pagesOf(made), `${name} ${language}`).toBe(name === 'Paper form' && language === 'Both' ? 2 : 1);
    }
    await shoot(name);
    for (const theme of ['light', 'dark'] as const) {
      await r.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await r.page.waitForTimeout(300);
      expect(await violations(r.page), `${name} ${theme}`).toEqual([]);
    }
    if (name === 'Paper form') continue;
    const qr = r.page.locator('[data-qr]').first();
    const link = (await qr.getAttribute('data-qr')) ?? '';
    expect(link).toMatch(/^sms:\+1\d{10}\?&body=[A-Z0-9]+$/);
    expect(await decode(await qr.screenshot())).toBe(link);
  }
});

/** Parts of the preview that stand on top of each other or beyond their sign. */
const overflowing = () =>
  r.page.locator('[class*="stage"]').evaluate((stage) => {
    const bad: string[] = [];
    for (const sign of stage.querySelectorAll('article')) {
      const edge = sign.getBoundingClientRect();
      const parts = [...sign.querySelectorAll('header, [data-qr], [class*="callOne"], footer')].map((e) => e.getBoundingClientRect());
      for (const p of parts) if (p.bottom > edge.bottom + 1 || p.right > edge.right + 1) bad.push(`beyond ${p.bottom - edge.bottom}`);
      const header = parts[0];
      const footer = parts.at(-1);
      for (const p of parts.slice(1, -1)) {
        if (header && p.top < header.bottom - 1) bad.push('under the headline');
        if (footer && p.bottom > footer.top + 1) bad.push('under the small print');
      }
      const qr = sign.querySelector('[data-qr]')?.getBoundingClientRect();
      if (qr && Math.min(qr.width, qr.height) < 80) bad.push(`code of ${qr.height} px`);
    }
    return bad;
  });

/** Reads the picture of a code in the page itself: it has the decoder of pictures. */
async function decode(png: Buffer): Promise<string | undefined> {
  const { data, width, height } = await r.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return { data: [...(context?.getImageData(0, 0, image.width, image.height).data ?? [])], width: image.width, height: image.height };
  }, png.toString('base64'));
  return jsQR(Uint8ClampedArray.from(data), width, height)?.data;
}

test('the smallest window needs no sideways scrolling', async () => {
  const size = (w: number, h: number) =>
    r.app.evaluate(
      ({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]?.setContentSize(width as number, height as number),
      [w, h] as const,
    );
  await size(1024, 700);
  for (const name of [...PRINTED, ...COPIED, 'Clubs and words', 'Wording']) {
    await open(name);
    const wide = await r.page.evaluate(() =>
      [...document.querySelectorAll('main, main *')]
        .filter((e) => getComputedStyle(e).overflowX !== 'hidden' && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
        .filter((e) => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
        .map((e) => `${e.tagName}.${e.className}`),
    );
    expect(wide, name).toEqual([]);
    await shoot(`small ${name}`);
  }
  await size(1280, 800);
});

test('a long name and the longest wording still fit every sign', async () => {
  const { shop } = await r.call<{ shop: object }>('settings/get');
  await r.call('settings/save-shop', { ...shop, name: 'The Wonderful Shoe Emporium and Repair Workshop of Brooklyn' });
  for (const language of ['en', 'es']) {
    const { ours } = await r.call<{ ours: string }>('kit/wording', { kind: 'sign', language });
    const long = `${ours} ${'And we look after what you tell us as we would our own. '.repeat(20)}`.slice(0, 760).trim();
    await r.call('kit/save-wording', { kind: 'sign', language, template: long });
  }
  for (const name of ['Counter card', 'Poster', 'Bag inserts']) {
    await open(name);
    const made = await pdf();
    keep(`long ${name}.pdf`, made);
    // too much for two languages on one sign: each gets its own
    expect(pagesOf(made), name).toBe(name === 'Bag inserts' ? 1 : 2);
    expect(await overflowing(), name).toEqual([]);
  }
  for (const language of ['en', 'es']) await r.call('kit/reset-wording', { kind: 'sign', language });
  await r.call('settings/save-shop', shop);
});

test('every copied piece: accessible, with the whole wording', async () => {
  for (const name of COPIED) {
    await open(name);
    await shoot(name);
    expect(await violations(r.page), name).toEqual([]);
    const text = (await r.page.locator('[data-copy]').first().innerText()).replace(/\s+/g, ' ');
    for (const part of ['not a condition of purchase', 'Msg & data rates may apply', 'STOP', 'HELP', 'No es requisito de compra'])
      expect(text.replaceAll('&amp;', '&'), `${name}: ${part}`).toContain(part);
  }
});

test('topics and wording: accessible; an owner’s own words are refused with the reason, then used', async () => {
  await open('Clubs and words');
  await shoot('Clubs');
  expect(await violations(r.page)).toEqual([]);
  await open('Wording');
  await r.page.getByLabel('Which words').selectOption('confirmation');
  await r.page.waitForTimeout(400);
  const words = r.page.getByRole('textbox', { name: 'Words' });
  const before = await words.inputValue();
  await words.fill(before.replace('Msg&data rates may apply. ', ''));
  await expect(r.page.getByText('The carriers look for “Msg & data rates may apply”.')).toBeVisible();
  await expect(r.page.getByRole('button', { name: 'Use these words' })).toBeDisabled();
  await shoot('Wording refused');
  expect(await violations(r.page)).toEqual([]);
  await words.fill(before.replace("You're signed up for", 'Welcome!'));
  await r.page.getByRole('button', { name: 'Use these words' }).click();
  await expect(r.page.getByText('Version 1', { exact: true }).first()).toBeVisible();
  await r.page.waitForTimeout(600);
  await shoot('Wording own');
  expect(await violations(r.page)).toEqual([]);
});
