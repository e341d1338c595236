import type { Cents, ShopDay } from '@domain/kernel';
import { type Promised, takenBack } from '@domain/offers/promise';
import { describe, expect, it } from 'vitest';

const offer: Promised = {
  kind: 'percent',
  percent: 15,
  amount: null,
  item: '',
  bundle: null,
  points: null,
  minSpend: 2000 as Cents,
  terms: '',
  items: ['Suit'],
  categories: [],
  validDays: 14,
  fromDay: null,
  untilDay: null,
  weekdays: 0b0111110,
  fromMinute: 540,
  untilMinute: 1080,
  codeMode: 'personal',
  codeUses: 1,
  mostUses: null,
  membersOnly: false,
  sharedCode: null,
};
const word: Promised = { ...offer, codeMode: 'shared', sharedCode: 'SUIT15', mostUses: 50 };
const dates = { fromDay: '2026-11-20' as ShopDay, untilDay: '2026-11-29' as ShopDay };

describe('what was promised', () => {
  it.each<[string, Partial<Promised>, string]>([
    ['a smaller percent', { percent: 10 }, 'percent'],
    ['another kind', { kind: 'other', percent: null }, 'kind'],
    ['a dearer minimum', { minSpend: 2001 as Cents }, 'minSpend'],
    ['one weekday less', { weekdays: 0b0011110 }, 'weekdays'],
    ['shorter hours', { untilMinute: 1020 }, 'untilMinute'],
    ['a later hour to begin', { fromMinute: 600 }, 'fromMinute'],
    ['another item', { items: ['Shirt'] }, 'items'],
    ['members only', { membersOnly: true }, 'membersOnly'],
  ])('%s takes something back', (_, change, field) => {
    expect(takenBack(offer, { ...offer, ...change })).toBe(field);
    expect(takenBack(word, { ...word, ...change })).toBe(field);
    expect(takenBack({ ...offer, ...change, kind: offer.kind }, offer)).toBe(field === 'items' ? 'items' : null); // and the way back gives
  });

  it('an offer for everything does not become one for some things', () => {
    expect(takenBack({ ...offer, items: [] }, offer)).toBe('items');
    expect(takenBack({ ...offer, items: [] }, { ...offer, items: [], categories: ['Suits'] })).toBe('categories');
    expect(takenBack(offer, { ...offer, items: [] })).toBeNull();
    expect(takenBack(offer, { ...offer, items: ['suit', 'Shirt'], categories: ['Ties'] })).toBeNull();
  });

  it('days and uses of a personal code are its own; those of a shared word are the offer’s', () => {
    const less = { validDays: 3, codeUses: 1 };
    expect(takenBack({ ...offer, codeUses: 3 }, { ...offer, ...less })).toBeNull();
    expect(takenBack({ ...word, codeUses: 3 }, { ...word, codeUses: 3, validDays: 3 })).toBe('validDays');
    expect(takenBack({ ...word, codeUses: 3 }, word)).toBe('codeUses');
    expect(takenBack(word, { ...word, mostUses: 49 })).toBe('mostUses');
    expect(takenBack(word, { ...word, mostUses: null })).toBeNull();
    expect(takenBack(word, { ...word, sharedCode: 'SUIT' })).toBe('sharedCode');
    expect(takenBack({ ...word, ...dates }, { ...word, ...dates, untilDay: '2026-11-28' as ShopDay })).toBe('untilDay');
    expect(takenBack({ ...word, ...dates }, { ...word, ...dates, untilDay: '2026-11-30' as ShopDay })).toBeNull();
  });
});
