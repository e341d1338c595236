import { editDistance } from '@domain/customers/duplicates';
import { nameWords, slips, soundOf } from '@domain/customers/fuzzy';
import { LookUpIndex, type LookUpPerson } from '@domain/customers/look-up';
import type { CustomerId, UtcMs } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const PAGE = 8;
let nextId = 0;
const person = (name: string, change: Partial<Omit<LookUpPerson, 'id'>> & { id?: number } = {}): LookUpPerson => {
  const [firstName = '', ...rest] = name.split(' ');
  const { id = ++nextId, ...more } = change;
  return { id: id as CustomerId, firstName, lastName: rest.join(' '), company: '', phones: [], emails: [], seenAt: 0, ...more };
};
function shop(...people: LookUpPerson[]) {
  const index = new LookUpIndex('1');
  for (const p of people) index.set(p);
  const nameOf = new Map(people.map((p) => [p.id, `${p.firstName} ${p.lastName}`.trim()]));
  return { index, find: (text: string) => index.find(text, PAGE).ids.map((id) => nameOf.get(id)) };
}

describe('who is meant', () => {
  const people = shop(
    person('José Márquez', { phones: ['+12125550123'], emails: ['jm@example.com'], seenAt: 5 as UtcMs }),
    person('Emily Johnson', { phones: ['+12125557788'], emails: ['emily.j@example.org'] }),
    person("Mary-Ann O'Neil", { phones: ['+13475550199'] }),
    person('Robert Smith', { phones: ['+12125559901'] }),
    person('Ana García', { phones: ['+12125554321'], seenAt: 9 as UtcMs }),
    person('Ana Lopez', { phones: ['+12125554322'], seenAt: 7 as UtcMs }),
    person('Xavier Hernández', { phones: ['+442071234567'] }),
    { ...person(''), company: 'Studio 54' },
  );

  it.each([
    ['any part of a number', '0123', 'José Márquez'],
    ['with its spaces', '555 01 23', 'José Márquez'],
    ['in brackets, half typed', '(212) 555-77', 'Emily Johnson'],
    ['with the country', '+1 (347) 555 0199', "Mary-Ann O'Neil"],
    ['with the country and no plus', '1 347 555', "Mary-Ann O'Neil"],
    ['dialled from abroad', '00442071234567', 'Xavier Hernández'],
    ['with the zero dialled at home', '02071234567', 'Xavier Hernández'],
    ['without accents', 'jose marquez', 'José Márquez'],
    ['a letter missing', 'Marqez', 'José Márquez'],
    ['a letter dropped from a name', 'Jonson', 'Emily Johnson'],
    ['begun with a slip', 'jonso', 'Emily Johnson'],
    ['two letters swapped', 'Jonhson', 'Emily Johnson'],
    ['as it sounds', 'Javier Ernandes', 'Xavier Hernández'],
    ['first name and initial', 'ana g', 'Ana García'],
    ['last name first', 'marquez jos', 'José Márquez'],
    ['last name, comma, first', 'Smith, Robert', 'Robert Smith'],
    ['by another name', 'bob smith', 'Robert Smith'],
    ['a hyphen left out', 'maryann', "Mary-Ann O'Neil"],
    ['an apostrophe left out', 'oneil', "Mary-Ann O'Neil"],
    ['the second half of a name', 'neil', "Mary-Ann O'Neil"],
    ['the beginning of an e-mail', 'emily.j@', 'Emily Johnson'],
    ['the beginning of an e-mail, no @ yet', 'emily.j', 'Emily Johnson'],
    ['a name and the end of the number', 'ana 4322', 'Ana Lopez'],
    ['a company with digits', 'studio 5', ''],
  ])('%s: "%s"', (_, typed, name) => {
    expect(people.find(typed)[0]).toBe(name);
  });

  it('finds nobody by one letter, by signs, or by somebody else’s name', () => {
    for (const typed of ['', 'a', '7', '☃', '--', 'Zebedee', 'qq', '999999']) expect(people.find(typed)).toEqual([]);
  });

  it('orders: whole number, its end, its beginning, inside; names: spelt so, begun so, inside, alike; then who was here last', () => {
    const numbers = shop(
      person('Inside', { phones: ['+12123475550'] }),
      person('Starts', { phones: ['+13475551111'] }),
      person('Ends', { phones: ['+19998883475'] }),
    );
    expect(numbers.find('3475')).toEqual(['Ends', 'Starts', 'Inside']);
    const names = shop(
      person('Marisol Cruz'),
      person('Mariana Ruiz', { seenAt: 3 as UtcMs }),
      person('Rosmari Diaz'),
      person('Mari Soto'),
      person('Mary Poe'),
      person('Mari Abel', { seenAt: 1 as UtcMs }),
    );
    expect(names.find('mari')).toEqual(['Mari Abel', 'Mari Soto', 'Mariana Ruiz', 'Marisol Cruz', 'Mary Poe', 'Rosmari Diaz']);
  });

  it('follows changes: a new name, a new number, and somebody gone', () => {
    const ana = person('Ana Ruiz', { phones: ['+12125550001'] });
    const { index } = shop(ana);
    index.set({ ...ana, lastName: 'Gómez', phones: ['+12125550002'] });
    expect([index.find('ruiz', PAGE).ids, index.find('gomez', PAGE).ids]).toEqual([[], [ana.id]]);
    expect([index.find('0001', PAGE).ids, index.find('0002', PAGE).ids]).toEqual([[], [ana.id]]);
    index.remove(ana.id);
    expect([index.find('gomez', PAGE).ids, index.find('0002', PAGE).ids, index.size]).toEqual([[], [], 0]);
  });

  it('says when only slips lead to anybody', () => {
    expect(people.index.find('Jonson', PAGE).sure).toBe(false);
    expect(people.index.find('johnson', PAGE).sure).toBe(true);
  });
});

const FIRST = ['Ana', 'Anabel', 'José', 'Maria', 'Mariana', 'Mario', 'Liz', 'Bob', 'Robert', 'Zoë', 'Li'] as const;
const LAST = ['Gómez', 'Gomes', 'García', 'Johnson', 'Jonson', 'Ng', 'de la Cruz', "O'Neil", 'Smith-Jones', 'Li'] as const;
const crowd = fc.array(
  fc.record({
    first: fc.constantFrom(...FIRST),
    last: fc.constantFrom(...LAST),
    number: fc.integer({ min: 2_000_000, max: 2_999_999 }),
    seen: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 80 },
);
const made = (list: { first: string; last: string; number: number; seen: number }[]) =>
  list.map((p, i) => ({
    ...person(`${p.first} ${p.last}`, { id: i + 1, phones: [`+1212${p.number}`], seenAt: p.seen as UtcMs }),
    lastName: p.last,
  }));

describe('for any shop', () => {
  it('the one person with a fragment of four digits or more is on the first page, however it is written', () => {
    fc.assert(
      fc.property(crowd, fc.nat(), fc.nat(6), fc.integer({ min: 4, max: 10 }), (list, who, from, length) => {
        const people = made(list);
        const p = people[who % people.length] as LookUpPerson;
        const national = (p.phones[0] as string).slice(2);
        const fragment = national.slice(from, from + length);
        fc.pre(fragment.length >= 4 && people.filter((x) => (x.phones[0] as string).includes(fragment)).length === 1);
        const { index } = shop(...people);
        for (const typed of [fragment, `${fragment.slice(0, 2)} ${fragment.slice(2)}`, `${fragment.slice(0, 3)}-${fragment.slice(3)}`])
          expect(index.find(typed, PAGE).ids).toContain(p.id);
      }),
      { numRuns: 200 },
    );
  });

  it('typing on never loses who was meant: once everybody found is on the page, the person stays to the last letter and after it', () => {
    fc.assert(
      fc.property(crowd, fc.nat(), (list, who) => {
        const people = made(list);
        const p = people[who % people.length] as LookUpPerson;
        const { index } = shop(...people);
        const full = `${p.firstName} ${p.lastName}`;
        let seen = false;
        for (let n = 2; n <= full.length; n++) {
          const { ids, more } = index.find(full.slice(0, n), PAGE);
          if (seen) expect(ids, full.slice(0, n)).toContain(p.id);
          seen ||= !more && ids.includes(p.id);
        }
        const namesakes = people.filter((x) => `${x.firstName} ${x.lastName}` === full).length;
        fc.pre(namesakes <= PAGE);
        for (const typed of [full, `${full} `, full.toUpperCase(), `${p.lastName}, ${p.firstName}`])
          expect(index.find(typed, PAGE).ids).toContain(p.id);
        // spelt so comes before everybody who merely resembles it
        const first = index.find(full, PAGE).ids[0];
        const folded = (x: LookUpPerson | undefined) => nameWords(`${x?.firstName} ${x?.lastName}`).join(' ');
        expect(folded(people.find((x) => x.id === first))).toBe(folded(p));
      }),
      { numRuns: 200 },
    );
  });

  it('the same question has the same answer, in whatever order people came, and each person once', () => {
    fc.assert(
      fc.property(crowd, fc.constantFrom('ma', 'an', '212', '55', 'li', 'gomez', 'jonson', 'ana g', 'cruz'), (list, typed) => {
        const people = made(list);
        const ids = shop(...people).index.find(typed, PAGE).ids;
        expect(shop(...[...people].reverse()).index.find(typed, PAGE).ids).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe('slips', () => {
  it('are counted as by the distance that compares records, and never more for a beginning than for the whole', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const { whole, start } = slips(a, b, 2);
        expect(whole).toBe(editDistance(a, b, 2));
        const best = Math.min(...Array.from({ length: b.length + 1 }, (_, n) => editDistance(a, b.slice(0, n), 2)));
        expect(start).toBe(best);
      }),
    );
  });

  it('sound alike in both languages', () => {
    for (const [a, b] of [
      ['hernandez', 'ernandes'],
      ['ximena', 'jimena'],
      ['stephen', 'steven'],
      ['gonzalez', 'gonsales'],
      ['vazquez', 'basques'],
      ['phillips', 'filips'],
      ['guillermo', 'guilermo'],
    ] as const)
      expect([a, soundOf(a)]).toEqual([a, soundOf(b)]);
    expect(soundOf('smith')).not.toBe(soundOf('jones'));
  });
});
