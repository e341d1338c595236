import { explainCell } from '@domain/imports/explain';
import { FIELD_NAMES, type Field } from '@domain/imports/fields';
import { joined, mayJoin, misfits, remap } from '@domain/imports/fits';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a sample beside what its column should hold', () => {
  it.each<[Field, string, boolean]>([
    ['total', '1.234,50 €', false],
    ['total', 'Boots', true],
    ['date', '31.05.2026 14:02', false],
    ['date', '05/31/26', false],
    ['date', 'Tuesday', true],
    ['phone', '(212) 555-0173', false],
    ['phone', 'Ann', true],
    ['email', 'ann@example.com', false],
    ['email', '12 Main St', true],
    ['quantity', '1.0', false],
    ['quantity', 'one', true],
    ['item', 'anything', false],
    ['total', '', false],
    ['total', '####', false],
  ])('%s: %s', (field, text, bad) => expect(misfits(field, text)).toBe(bad));
});

describe('one column given another meaning', () => {
  it('adds to a date, a name or a street, and moves an amount', () => {
    const one = remap({ date: [0] }, 1, 'date');
    expect(one).toEqual({ date: [0, 1] });
    expect(joined('date', ['14.05.2026', '10:30'])).toBe('14.05.2026 10:30');
    expect(joined('street', ['12 Main St', '', 'Floor 2'])).toBe('12 Main St, Floor 2');
    expect(remap({ total: [3] }, 4, 'total')).toEqual({ total: [4] });
    expect(remap({ date: [0, 1], item: [2] }, 1, '')).toEqual({ date: [0], item: [2] });
  });

  it('a column never has two meanings, and only fields that can be put together have two columns', () => {
    const step = fc.tuple(fc.nat(6), fc.constantFrom<Field | ''>('', ...FIELD_NAMES));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const columns = steps.reduce((c, [index, field]) => remap(c, index, field), {} as ReturnType<typeof remap>);
        const all = Object.values(columns).flat();
        expect(new Set(all).size).toBe(all.length);
        for (const [field, at] of Object.entries(columns)) {
          expect(at).toEqual([...at].sort((a, b) => a - b));
          expect(at.length > 0 && (at.length === 1 || mayJoin(field as Field))).toBe(true);
        }
      }),
    );
  });
});

describe('what a cell means', () => {
  const reading = { dateOrder: { date: 'dmy' }, decimal: { total: ',' }, currency: 'EUR' } as const;
  it.each<[Field, string, object]>([
    ['date', '03/04/2026 9:15', { is: 'day', day: '2026-04-03', minutes: 555 }],
    ['total', '1.234,50', { is: 'money', cents: 123450 }],
    ['total', '12,3,4', { is: 'unread', why: 'bad-amount' }],
    ['saleId', '1.23E+12', { is: 'unread', why: 'scientific-id' }],
    ['saleId', '0042', { is: 'text' }],
    ['phone', '030 901820', { is: 'phone', phone: '+4930901820', kind: 'landline' }],
    ['phone', 'nope', { is: 'unread', why: 'bad-phone' }],
    ['smsConsent', 'yes', { is: 'yes-no', yes: true }],
    ['smsConsent', 'SUBSCRIBED_2024', { is: 'text' }],
    ['item', '', { is: 'blank' }],
    ['item', '####', { is: 'unread', why: 'hidden-value' }],
  ])('%s %s', (field, text, says) => expect(explainCell(field, text, reading, 'DE')).toEqual(says));
});
