import { greetingName } from '@domain/campaigns/template';
import { expect, it } from 'vitest';

/*
 * Tills have "???", "--" or an emoji where a name should stand: people were greeted by it, and the emoji doubled the price of the text.
 * "JEAN-PAUL" became "Jean-paul".
 */
it('signs are no name', () => {
  expect(['???', '--', '\u{1f600}\u{1f600}', '{code}', '<none>', '. .', '…'].map(greetingName)).toEqual(['', '', '', '', '', '', '']);
});

it('both halves of a name are written large', () => {
  expect(['JEAN-PAUL', 'anne-marie', "D'ARCY", 'o’neil', 'ÁNGELA', 'McKay', '陈伟', 'Noël'].map(greetingName)).toEqual([
    'Jean-Paul',
    'Anne-Marie',
    "D'Arcy",
    'O’Neil',
    'Ángela',
    'McKay',
    '陈伟',
    'Noël',
  ]);
});
