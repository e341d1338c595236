import { type Comparable, compareRecords, editDistance, SUGGEST } from '@domain/customers/duplicates';
import { mergeDefaults, mergedRecord, type PersonRecord } from '@domain/customers/merge';
import { sameNickname } from '@domain/customers/nicknames';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const nobody: Comparable = {
  firstName: '',
  lastName: '',
  company: '',
  phone: null,
  email: null,
  birthday: null,
  postalCode: '',
  street: '',
};
const who = (p: Partial<Comparable>): Comparable => ({ ...nobody, ...p });
const suggested = (a: Partial<Comparable>, b: Partial<Comparable>) => compareRecords(who(a), who(b)).score >= SUGGEST;

describe('who may be one person', () => {
  const bob = { firstName: 'Bob', lastName: 'Ruiz', postalCode: '02134' };
  it.each<[string, Partial<Comparable>, Partial<Comparable>, boolean]>([
    ['same number and name', { firstName: 'Ann', phone: '+1' }, { firstName: 'Ann', phone: '+1' }, true],
    ['same number, one nameless', { firstName: 'Ann', phone: '+1' }, { phone: '+1' }, true],
    [
      'same number, another first name: a family',
      { firstName: 'Ann', lastName: 'Lee', phone: '+1' },
      { firstName: 'Tom', lastName: 'Lee', phone: '+1' },
      false,
    ],
    ['same e-mail, a nickname', { firstName: 'Bob', email: 'r@x.com' }, { firstName: 'Robert', email: 'r@x.com' }, true],
    ['same e-mail, another first name: a couple', { firstName: 'Bob', email: 'r@x.com' }, { firstName: 'Eve', email: 'r@x.com' }, false],
    ['a name alone', { firstName: 'Maria', lastName: 'Garcia' }, { firstName: 'Maria', lastName: 'Garcia' }, false],
    ['nickname, last name, postcode', bob, { firstName: 'Robert', lastName: 'RUIZ', postalCode: '02134-1802' }, true],
    [
      'a slip in the last name, same postcode',
      { firstName: 'Ann', lastName: 'Shmidt', postalCode: '1' },
      { firstName: 'Ann', lastName: 'Schmidt', postalCode: '1' },
      true,
    ],
    [
      'accents and capitals',
      { firstName: 'José', lastName: 'Peña', postalCode: '9' },
      { firstName: 'jose', lastName: 'PENA', postalCode: '9' },
      true,
    ],
    [
      'name and birthday',
      { firstName: 'Ann', lastName: 'Lee', birthday: '1980-02-03' },
      { firstName: 'Ann', lastName: 'Lee', birthday: '--02-03' },
      true,
    ],
    ['father and son', { ...bob, birthday: '1950-01-01' }, { ...bob, birthday: '1980-01-01' }, false],
    ['a first name at a postcode', { firstName: 'Ann', postalCode: '1' }, { firstName: 'Ann', postalCode: '1' }, false],
    [
      'married: same number and first name',
      { firstName: 'Ann', lastName: 'Lee', phone: '+1' },
      { firstName: 'Ann', lastName: 'Ruiz', phone: '+1' },
      true,
    ],
    [
      'one of two surnames',
      { firstName: 'Ana', lastName: 'Gómez Ruiz', postalCode: '1' },
      { firstName: 'Ana', lastName: 'Gomez', postalCode: '1' },
      true,
    ],
    [
      'an e-mail with a slip',
      { firstName: 'Ann', lastName: 'Lee', email: 'ann@gmial.com' },
      { firstName: 'Ann', lastName: 'Lee', email: 'ann@gmail.com' },
      true,
    ],
    [
      'Daniel and Daniela',
      { firstName: 'Daniel', lastName: 'Scott', postalCode: '1' },
      { firstName: 'Daniela', lastName: 'Scott', postalCode: '1' },
      false,
    ],
    [
      'Hall and Hill',
      { firstName: 'Roy', lastName: 'Hall', postalCode: '1' },
      { firstName: 'Roy', lastName: 'Hill', postalCode: '1' },
      false,
    ],
    [
      'John and Joan',
      { firstName: 'John', lastName: 'Lee', postalCode: '1' },
      { firstName: 'Joan', lastName: 'Lee', postalCode: '1' },
      false,
    ],
  ])('%s', (_, a, b, want) => {
    expect(suggested(a, b)).toBe(want);
    expect(suggested(b, a)).toBe(want);
  });

  it('the order of two records never matters, and a record is like itself once it can be reached', () => {
    const text = fc.constantFrom('', 'Ann', 'Anna', 'Robert', 'Bob', 'Lee', 'Leigh', 'Gómez Ruiz');
    const any = fc.record({
      firstName: text,
      lastName: text,
      company: fc.constantFrom('', 'Tea House'),
      phone: fc.constantFrom(null, '+1', '+2'),
      email: fc.constantFrom(null, 'a@x.com', 'annlee@x.com', 'anlee@x.com'),
      birthday: fc.constantFrom(null, '1980-02-03', '--02-03', '1981-01-01'),
      postalCode: fc.constantFrom('', '02134', '02134-1802', '10001'),
      street: fc.constantFrom('', '1 Main Street', '1 main st'),
    });
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(compareRecords(a, b)).toEqual(compareRecords(b, a));
        if (a.phone !== null) expect(compareRecords(a, a).score).toBeGreaterThanOrEqual(SUGGEST);
      }),
    );
  });

  it('counts slips as people make them', () => {
    expect(editDistance('lee', 'lee', 2)).toBe(0);
    expect(editDistance('shmidt', 'schmidt', 2)).toBe(1);
    expect(editDistance('gmial', 'gmail', 2)).toBe(1);
    expect(editDistance('ruiz', 'lopez', 2)).toBe(3);
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => editDistance(a, b, 3) === editDistance(b, a, 3)));
  });

  it('knows short names both ways, and that Pat may be either', () => {
    expect(sameNickname('bob', 'robert') && sameNickname('beth', 'liz') && sameNickname('paco', 'francisco')).toBe(true);
    expect(sameNickname('pat', 'patrick') && sameNickname('pat', 'patricia')).toBe(true);
    expect(sameNickname('patrick', 'patricia') || sameNickname('ann', 'bob')).toBe(false);
  });
});

describe('whose values stay', () => {
  const record = (r: Record<string, string | number | null>): PersonRecord => ({
    id: 1,
    first_name: '',
    last_name: '',
    company: '',
    phone: null,
    phone_raw: null,
    phone_kind: 'unknown',
    phone_problem: null,
    email: null,
    language: 'en',
    birthday: null,
    street: '',
    city: '',
    region: '',
    postal_code: '',
    country: '',
    zone: null,
    note: '',
    tags: '[]',
    weak: 0,
    visits: 0,
    last_visit_at: null,
    created_at: 5,
    import_id: null,
    ...r,
  });

  it('what is known; of two, the one with more visits; both notes; all tags; the older beginning', () => {
    const a = record({ first_name: 'Ann', phone: '+1', note: 'size 8', tags: '["vip"]', visits: 2, created_at: 9, import_id: 7 });
    const b = record({ first_name: 'Annie', phone: '+2', email: 'a@x.com', note: 'no wool', tags: '["vip","shoes"]', created_at: 3 });
    expect(mergeDefaults(a, b)).toMatchObject({ firstName: 'a', phone: 'a', email: 'b', note: 'both' });
    const { values, otherPhone, otherEmail } = mergedRecord(a, b, { firstName: 'b' });
    expect(values).toMatchObject({
      first_name: 'Annie',
      phone: '+1',
      email: 'a@x.com',
      note: 'size 8\nno wool',
      tags: '["vip","shoes"]',
      created_at: 3,
      import_id: null,
    });
    expect([otherPhone, otherEmail]).toEqual(['+2', null]);
  });
});
