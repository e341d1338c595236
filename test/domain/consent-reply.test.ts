import { readFileSync } from 'node:fs';
import { carrierWordOf, readReply } from '@domain/consent/reply';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const at = (name: string) => new URL(`../fixtures/${name}`, import.meta.url);
const shared = JSON.parse(readFileSync(at('opt-out-cases.json'), 'utf8')) as { cases: { text: string; meaning: string }[] };
const table = readFileSync(at('replies.txt'), 'utf8')
  .split('\n')
  .filter((l) => l !== '' && !l.startsWith('# '))
  .map((l) => l.split('\t') as [meaning: string, text: string])
  .map(([meaning, text]) => ({ meaning, text: text.replaceAll('\\n', '\n') }));

/** Labelled lines of a file; `a|b` = either is right. */
const labelled = (name: string) =>
  readFileSync(at(name), 'utf8')
    .split('\n')
    .filter((l) => l.includes('\t') && !l.startsWith('# '))
    .map((l) => l.split('\t') as [labels: string, text: string])
    .map(([labels, text]) => ({ labels: labels.split('|'), text: text.replaceAll('\\n', '\n') }));

const coarse = (m: string) => (m === 'reaction' || m === 'yes' || m === 'no' || m === 'join' ? 'message' : m);

describe('reading replies', () => {
  it.each(shared.cases)('shared: $text → $meaning', ({ text, meaning }) => {
    expect(coarse(readReply(text).meaning)).toBe(meaning);
  });

  it.each(table)('$text → $meaning', ({ text, meaning }) => {
    const r = readReply(text);
    expect(`${r.meaning} (${r.rule})`.startsWith(`${meaning} (`), `${r.meaning} (${r.rule})`).toBe(true);
  });

  it.each(['replies-fresh.txt', 'replies-holdout.txt'])(
    '%s: no clear request missed, hardly an ordinary sentence taken for one',
    (file) => {
      const cases = labelled(file).map((c) => ({ ...c, got: coarse(readReply(c.text).meaning) }));
      const stops = cases.filter((c) => c.labels.join() === 'opt-out');
      const ordinary = cases.filter((c) => c.labels.join() === 'message');
      expect(stops.length).toBeGreaterThan(100);
      expect(ordinary.length).toBeGreaterThan(100);
      expect(stops.filter((c) => c.got === 'message').map((c) => c.text)).toEqual([]);
      expect(
        cases.filter((c) => c.labels.includes('hold') && !c.labels.includes('message') && c.got === 'message').map((c) => c.text),
      ).toEqual([]);
      expect(ordinary.filter((c) => c.got === 'opt-out').length / ordinary.length).toBeLessThan(0.01);
      expect(ordinary.filter((c) => c.got === 'hold').length / ordinary.length).toBeLessThan(0.02);
      expect(stops.filter((c) => c.got === 'hold').length / stops.length).toBeLessThan(0.02);
      for (const kind of ['help', 'start']) for (const c of cases) if (c.labels.join() === kind) expect(c.got, c.text).toBe(kind);
    },
  );

  it('reads the same whatever the case, the dots and the spaces around it', () => {
    const stops = table.filter((c) => c.meaning === 'opt-out' && /^[\x20-\x7e]+$/.test(c.text) && !/sent from/i.test(c.text));
    fc.assert(
      fc.property(
        fc.constantFrom(...stops),
        fc.constantFrom('', ' ', '!', '!!!', '.', ' 🙏', '\n'),
        fc.boolean(),
        ({ text }, tail, upper) => {
          expect(readReply(`  ${upper ? text.toUpperCase() : text.toLowerCase()}${tail}`).meaning).toBe('opt-out');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('misses no clear request for one slip of the thumb in the word that carries it', () => {
    const slips = (word: string) =>
      [...word].flatMap((c, i) => {
        const [a, z] = [word.slice(0, i), word.slice(i + 1)];
        return [a + z, a + c + c + z, ...(z === '' ? [] : [a + z.slice(0, 1) + c + z.slice(1)])];
      });
    const carriers: [text: string, word: string][] = [
      ['stop texting me', 'texting'],
      ['stop messaging me', 'messaging'],
      ['please stop contacting me', 'contacting'],
      ['remove me', 'remove'],
      ['delete my number', 'delete'],
      ['delete my number', 'number'],
      ['unsubscribe', 'unsubscribe'],
      ['no more messages', 'messages'],
      ['cancel', 'cancel'],
      ['deje de mandar mensajes', 'mandar'],
      ['no me manden mensajes', 'manden'],
    ];
    const missed = carriers.flatMap(([text, word]) =>
      slips(word)
        .map((slip) => text.replace(word, slip))
        .filter((t) => !['opt-out', 'hold'].includes(readReply(t).meaning)),
    );
    expect(missed).toEqual([]);
  });

  it('answers a pending double opt-in, and only then', () => {
    for (const t of ['Y', 'y', 'Yes', 'YES!', 'yes please', 'JOIN', 'sí', 'Si']) {
      expect(readReply(t, { pendingDoubleOptIn: true }).meaning, t).toBe('yes');
      expect(readReply(t).meaning, t).not.toBe('yes');
    }
    for (const t of ['no', 'No thanks', 'N', 'no gracias']) {
      expect(readReply(t, { pendingDoubleOptIn: true }).meaning, t).toBe('no');
      expect(readReply(t).meaning, t).toBe('message');
    }
    expect(readReply('stop', { pendingDoubleOptIn: true }).meaning).toBe('opt-out');
  });

  it('takes YES as the carrier’s opt-in word only from a number the carrier blocks', () => {
    expect(readReply('YES', { carrierStopped: true }).meaning).toBe('start');
    expect(readReply('Yes!', { carrierStopped: true }).meaning).toBe('message');
    expect(readReply('YES').meaning).toBe('message');
  });

  it('knows the owner’s own words', () => {
    expect(readReply('Shush!', { customStopWords: ['shush'] })).toMatchObject({
      meaning: 'opt-out',
      rule: 'custom word',
      carrierWord: null,
    });
    expect(readReply('shush the shoes', { customStopWords: ['shush', ' '] }).meaning).toBe('message');
  });

  it('says which words the carrier answers by itself', () => {
    expect(carrierWordOf(' stop ')).toBe('stop');
    expect(carrierWordOf('stop please')).toBeNull();
    expect(carrierWordOf('Unstop')).toBe('start');
    expect(carrierWordOf('info')).toBe('help');
    expect(readReply('no more texts').carrierWord).toBeNull();
  });

  it('reads what was typed beside a quoted reaction', () => {
    expect(readReply('Disliked “20% off. Reply STOP to opt out” stop texting me').meaning).toBe('opt-out');
  });

  it('takes any text of any length without trouble', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1600, unit: 'grapheme' }), (t) => {
        readReply(t);
      }),
      { numRuns: 300 },
    );
  });

  it('takes any 1,600 letters of its own words in bounded time', () => {
    const words = [...new Set(table.flatMap((c) => c.text.toLowerCase().split(/\s+/)))];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { minLength: 200, maxLength: 320 }),
        fc.constantFrom(' ', ', ', '. '),
        (some, gap) => {
          const long = some.join(gap).slice(0, 1600);
          const started = performance.now();
          readReply(long);
          expect(performance.now() - started).toBeLessThan(400);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('reads the longest texts quickly, whatever is repeated in them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...table), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', ' shoes', ' list'),
        (cases, tail) => {
          const phrase = cases.map((c) => c.text).join(' ');
          const long = `dont want ${`${phrase} `.repeat(Math.ceil(1600 / (phrase.length + 1))).slice(0, 1590)}${tail}`;
          const started = performance.now();
          readReply(long);
          expect(performance.now() - started).toBeLessThan(400);
        },
      ),
      { numRuns: 300 },
    );
  });
});
