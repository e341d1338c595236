import { DEFAULT_WORDING } from '@domain/consent/wording-defaults';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { Out } from '@renderer/api';
import { sampleAnswers } from '@renderer/gallery/sample';
import { startAt } from '@renderer/nav';
import { KitScreen } from '@renderer/screens/kit/KitScreen';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { draw } from '../support/render';

afterEach(() => startAt({ screen: 'counter' }));

const shop = { name: 'Corner Shoes', phone: '(212) 555-0140', email: '', website: 'shop.example' };
const wording = (kind: 'confirmation' | 'sign-up', language: 'en' | 'es'): Out<'kit/wording'> => ({
  template: DEFAULT_WORDING[kind][language].templates[0],
  ours: DEFAULT_WORDING[kind][language].templates[0],
  own: false,
  now: { text: '', hash: '', version: 1 },
  versions: [{ id: 7, version: 101, template: 'An old one', staffName: 'Dana', at: 0 as UtcMs, active: false }],
  facts: { shop, promiseMax: 4, word: 'JOIN', number: '(212) 555-0199', topics: [] },
});
const words = { text: 'By texting JOIN …', hash: 'a'.repeat(64), version: 1 };
const card: Out<'kit/piece'> = {
  piece: 'card',
  club: null,
  word: 'JOIN',
  words: [{ word: 'JOIN', source: 'card', label: '', topic: null }],
  number: '+12125550199' as PhoneE164,
  numberShown: '(212) 555-0199',
  link: 'sms:+12125550199?&body=JOIN',
  shop: { ...shop, street: '', city: '', region: '' },
  promiseMax: 4,
  topics: { en: ['Offers'], es: ['Ofertas'] },
  wording: { en: words, es: words },
  needs: [],
};
const overview: Out<'kit/overview'> = {
  number: '+12125550199' as PhoneE164,
  numberShown: '(212) 555-0199',
  mode: 'twilio',
  approved: false,
  waiting: 12,
  oldestDays: 9,
  promiseMax: 4,
};
const answers = () => ({
  ...sampleAnswers(),
  'kit/overview': overview,
  'kit/piece': card,
  'kit/piece-left': { done: true as const },
  'kit/wordings': [],
  'kit/wording': ({ kind, language }: { kind: string; language: 'en' | 'es' }) =>
    wording(kind === 'confirmation' ? 'confirmation' : 'sign-up', language),
  'kit/save-wording': { version: 101 },
  'kit/topics': [],
  'kit/save-join-word': { word: 'SHOECLUB' },
  'shell/print': { printed: true },
});

beforeEach(() => startAt({ screen: 'kit', section: 'wording', kind: 'confirmation' }));

it('refuses wording that leaves something out, says which and why, and saves it once nothing is missing', async () => {
  const bridge = draw(<KitScreen />, answers());
  const user = userEvent.setup();
  const box = await screen.findByRole('textbox', { name: 'Words' });
  const save = screen.getByRole('button', { name: 'Use these words' });
  expect(save).toHaveProperty('disabled', true); // nothing changed yet
  await user.clear(box);
  await user.click(box);
  await user.paste('{shop}: Welcome! Offers by text, up to {n}/mo. HELP for help, STOP to cancel.');
  expect(screen.getByText('The carriers look for “Msg & data rates may apply”.')).toBeTruthy();
  expect(save).toHaveProperty('disabled', true);
  await user.paste(' Msg&data rates may apply.');
  expect(screen.queryByText('The carriers look for “Msg & data rates may apply”.')).toBeNull();
  expect(document.querySelector('[data-preview]')?.textContent).toContain('Corner Shoes: Welcome! Offers by text, up to 4/mo.');
  expect(screen.getByText(/^1 text, \d+ of 160 characters$/)).toBeTruthy();
  await user.click(save);
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'kit/save-wording')).toBe(true));
});

it('names the letter that makes a text dear, and an accent that is left out', async () => {
  draw(<KitScreen />, answers());
  const user = userEvent.setup();
  const box = await screen.findByRole('textbox', { name: 'Words' });
  await user.click(box);
  await user.paste(' 👟');
  expect(screen.getByText(/“👟” is not in the carriers’ alphabet/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Use these words' })).toHaveProperty('disabled', true);
  await user.click(screen.getByText('Undo my changes'));
  await user.click(box);
  await user.paste(' más');
  expect(screen.getByText(/Sent as á → a/)).toBeTruthy();
});

it('shows every version, and takes one up again', async () => {
  const bridge = draw(<KitScreen />, { ...answers(), 'kit/restore-wording': { version: 102 } });
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Use this version again: Version 1' }));
  await waitFor(() => expect(bridge.calls.at(-1)).toMatchObject({ channel: 'kit/restore-wording', input: { id: 7 } }));
});

it('keeps the words of a card that was printed, not of one that was not, and says what happens while the carriers take their time', async () => {
  startAt({ screen: 'kit', section: 'card' });
  const bridge = draw(<KitScreen />, { ...answers(), 'shell/save-pdf': null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Save as PDF' }));
  await waitFor(() => expect(bridge.calls.at(-1)?.channel).toBe('shell/save-pdf'));
  await user.click(screen.getByRole('button', { name: 'Print' }));
  await screen.findByRole('button', { name: 'Print' });
  await waitFor(() => expect(bridge.calls.at(-1)?.channel).toBe('kit/piece-left'));
  expect(bridge.calls.filter((c) => c.channel === 'kit/piece-left')).toEqual([
    { channel: 'kit/piece-left', input: { piece: 'card', word: 'JOIN', languages: ['en', 'es'] } },
  ]);
  expect(screen.getByText(/12 confirmations wait, the oldest for 9 days/)).toBeTruthy();
  const preview = screen.getByRole('region', { name: 'Counter card, as it is printed' });
  expect(
    within(preview)
      .getByRole('img', { name: /opens a text with JOIN to/ })
      .getAttribute('data-qr'),
  ).toBe(card.link);
  expect(within(preview).getAllByText(words.text)).toHaveLength(2);
});

it('never shows a card that lacks its number: it says what to do instead', async () => {
  startAt({ screen: 'kit', section: 'card' });
  draw(<KitScreen />, {
    ...answers(),
    'kit/overview': { ...overview, number: null, numberShown: null, mode: 'none', waiting: 0, oldestDays: null },
    'kit/piece': { ...card, number: null, numberShown: null, link: null, needs: [{ need: 'number', stops: true }] },
  });
  expect(await screen.findByText('There is no number to text yet')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Connect texting' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Print' })).toBeNull();
  expect(document.querySelector('[data-qr]')).toBeNull();
});

it('says why a word cannot be one while it is typed', async () => {
  startAt({ screen: 'kit', section: 'card' });
  const bridge = draw(<KitScreen />, answers());
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Change' }));
  const box = await screen.findByLabelText('Word people text');
  const use = screen.getByRole('button', { name: 'Use this word' });
  await user.clear(box);
  await user.type(box, 'stop');
  expect(screen.getByText(/It means something else already/)).toBeTruthy();
  expect(use).toHaveProperty('disabled', true);
  await user.clear(box);
  await user.type(box, 'shoeclub');
  await user.click(use);
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'kit/save-join-word')).toBe(true));
  expect(bridge.calls.find((c) => c.channel === 'kit/save-join-word')?.input).toEqual({ source: 'card', word: 'SHOECLUB' });
});
