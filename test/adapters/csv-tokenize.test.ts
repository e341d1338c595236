import { readFileSync } from 'node:fs';
import { readRecords } from '@adapters/csv/read';
import { BadRecord, firstRecords, MAX_RECORD, Tokenizer } from '@adapters/csv/tokenize';
import { AppError } from '@domain/errors';
import type { Delimiter, Encoding } from '@domain/imports/plan';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile } from '../support/imports';

/** The text in pieces of the given sizes (the last one repeated). */
function records(text: string, delimiter: Delimiter = ',', sizes: readonly number[] = [text.length || 1]): string[][] {
  const t = new Tokenizer(delimiter);
  const out: string[][] = [];
  for (let i = 0, n = 0; i < text.length; n++) {
    const size = sizes[Math.min(n, sizes.length - 1)] as number;
    out.push(...t.push(text.slice(i, i + size)));
    i += size;
  }
  out.push(...t.end());
  return out;
}

async function read(path: string, encoding: Encoding = 'utf-8', delimiter: Delimiter = ',') {
  const rows: string[][] = [];
  for await (const batch of readRecords(path, { encoding, delimiter })) {
    expect(batch.firstRow).toBe(rows.length + 1);
    rows.push(...batch.rows);
  }
  return rows;
}

const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  );
  return error instanceof AppError ? { code: error.code, ...error.params } : error;
};

describe('cutting text into records', () => {
  it.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no line break at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['LF, CRLF and CR in one file', 'a\nb\r\nc\rd', [['a'], ['b'], ['c'], ['d']]],
    ['a CR at the very end', 'a\r', [['a']]],
    ['blank lines stay rows, as a spreadsheet counts', 'a\n\n\r\nb', [['a'], [''], [''], ['b']]],
    [
      'a delimiter at the end',
      'a,\n,',
      [
        ['a', ''],
        ['', ''],
      ],
    ],
    ['nothing in quotes', '"",""\n""', [['', ''], ['']]],
    ['a doubled quote', '"say ""hi""",2', [['say "hi"', '2']]],
    ['only a doubled quote', '"""",2', [['"', '2']]],
    [
      'line breaks in quotes',
      '"a\nb","c\r\nd"\n1,2',
      [
        ['a\nb', 'c\r\nd'],
        ['1', '2'],
      ],
    ],
    ['delimiters in quotes', '"a,b",c', [['a,b', 'c']]],
    [
      'blanks behind a closing quote',
      '"a" ,"b"\t\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a quote inside a cell', 'a 12" board,5', [['a 12" board', '5']]],
    ['a quote inside a quoted cell', '"12" board",5', [['12" board', '5']]],
    ['a quoted beginning of a cell', '"Smith" John,5', [['"Smith" John', '5']]],
    [
      'a lost closing quote with quotes after it',
      'a,"b,c\nd,"e, f",g',
      [
        ['a', '"b', 'c'],
        ['d', 'e, f', 'g'],
      ],
    ],
    ['a blank before a quote', 'a, "b, c" ,  "d"\n', [['a', 'b, c', 'd']]],
    [
      'a blank before a quote that is text',
      'size 5, "wide\n6, "x" y, " \n',
      [
        ['size 5', ' "wide'],
        ['6', ' "x" y', ' " '],
      ],
    ],
    ['an apostrophe is no quote', "'a,b'", [["'a", "b'"]]],
    ['cells of no row', '', []],
  ] as const)('%s', (_, text, want) => {
    for (let size = 1; size <= 4; size++) expect(records(text, ',', [size])).toEqual(want);
    expect(records(text)).toEqual(want);
  });

  it.each([',', ';', '\t', '|'] as const)('delimiter %j', (d) => {
    expect(records(`a${d}"x${d}y"${d}b\n`, d)).toEqual([['a', `x${d}y`, 'b']]);
    expect(records('a , ; b', d)).toHaveLength(1);
  });

  const cell = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', ' ', 'é', '€', '😀', "'"), maxLength: 6 }) },
    fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', '\t', '|', ' '), maxLength: 8 }),
  );
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
  const write = (rows: readonly (readonly string[])[], d: Delimiter, breaks: readonly string[], always: boolean) =>
    rows
      .map((r) => r.map((c) => (always || /["\r\n,;\t|]/.test(c) || c === '' ? `"${c.replaceAll('"', '""')}"` : c)).join(d))
      .map((line, i) => line + (breaks[i % breaks.length] as string))
      .join('');
  const written = fc.record({
    rows: table,
    d: fc.constantFrom<Delimiter[]>(',', ';', '\t', '|'),
    breaks: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 3 }),
    always: fc.boolean(),
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
  });

  it('reads back every table it could have been written from, however it is cut into pieces', () => {
    fc.assert(
      fc.property(written, ({ rows, d, breaks, always, sizes }) => {
        // tables of one narrow column hide no rows; wide cells with whole rows in them are refused on purpose
        const t = new Tokenizer(d, false);
        const text = write(rows, d, breaks, always);
        const out: string[][] = [];
        for (let i = 0, n = 0; i < text.length; n++) {
          const size = sizes[n % sizes.length] as number;
          out.push(...t.push(text.slice(i, i + size)));
          i += size;
        }
        expect([...out, ...t.end()]).toEqual(rows);
      }),
    );
  });

  it('agrees with csv-parse on every well-formed text', () => {
    fc.assert(
      fc.property(written, ({ rows, d, always }) => {
        const text = write(rows, d, ['\r\n'], always);
        expect(firstRecords(text, d, 1000)).toEqual(parse(text, { delimiter: d, relax_column_count: true }));
      }),
    );
  });

  it('any text at all, in any pieces: the same rows, or the same refusal', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', '"', ',', '\n', '\r', ' ', 'é'), maxLength: 60 });
    const outcome = (t: string, sizes?: number[]) => {
      try {
        return records(t, ',', sizes);
      } catch (e) {
        if (!(e instanceof BadRecord)) throw e;
        return `${e.why} ${e.at}`;
      }
    };
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 10 }), (t, sizes) => {
        expect(outcome(t, sizes)).toEqual(outcome(t));
      }),
    );
  });

  it('a whole row hidden in a cell means a closing quote was lost', () => {
    const head = 'a,b,c,d\n1,2,3,4\n';
    expect(() => records(`${head}5,"6,7,8\n9,10,11,12\n13,14,15,16",17,18,19\n`)).toThrow(BadRecord);
    expect(records(`${head}5,"note\nwith, commas\nand lines",7,8\n`)).toHaveLength(3);
  });
});

describe('reading a file', () => {
  it('in pieces larger and smaller than a row', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => [String(i), `name "${i}"`, 'x'.repeat(i % 50), 'é€😀']);
    const text = rows.map((r) => r.map((c) => (c.includes('"') ? `"${c.replaceAll('"', '""')}"` : c)).join(',')).join('\r\n');
    expect(await read(aFile(text))).toEqual(rows);
  });

  it.each([
    ['in the last row', 'a,b\n1,2\n3,"four\n', 3],
    ['after cells with line breaks', 'a,b\n"1\n1","2\r\n2"\r\n"x,y\n', 5],
    ['on every row: the last one is the one never closed', '"5 inch,3\n"6 inch,4\n7,8\n', 2],
    ['CR only', 'a,b\r1,2\r"3,4', 3],
  ])('names the line in which a quote was opened: %s', async (_, text, line) => {
    expect(await failure(read(aFile(text)))).toEqual({ code: 'import.unclosed-quote', line });
  });

  it('does not swallow a large file behind a quote', async () => {
    const text = `a,b\n1,"2\n${'3,4\n'.repeat(400_000)}`;
    const seen: number[] = [];
    const work = (async () => {
      for await (const _ of readRecords(aFile(text), { encoding: 'utf-8', delimiter: ',', onBytes: (n) => seen.push(n) }));
    })();
    expect(await failure(work)).toEqual({ code: 'import.unclosed-quote', line: 2 });
    expect(Math.max(...seen)).toBeLessThan(MAX_RECORD + 200_000);
  });

  it('a row without an end is no table', async () => {
    expect(await failure(read(aFile('x'.repeat(2_000_000))))).toEqual({ code: 'import.unreadable' });
  });

  it('stops when asked to, and when nobody takes the rows any more', async () => {
    const path = aFile('a,b\n'.repeat(200_000));
    const stop = new AbortController();
    const work = (async () => {
      for await (const _ of readRecords(path, { encoding: 'utf-8', delimiter: ',', signal: stop.signal })) stop.abort(new Error('enough'));
    })();
    await expect(work).rejects.toThrow('enough');
    for await (const batch of readRecords(path, { encoding: 'utf-8', delimiter: ',' })) {
      expect(batch.rows.length).toBeLessThan(200_000);
      break;
    }
  });

  it('a file that is not there', async () => {
    expect(await failure(read('/nowhere/at/all.csv'))).toEqual({ code: 'import.unreadable' });
  });

  it('gives the same rows in every encoding', async () => {
    const text = 'name,note\r\nJosé,"a\r\nb"\r\nZoë,5 €\r\n';
    const want = [
      ['name', 'note'],
      ['José', 'a\r\nb'],
      ['Zoë', '5 €'],
    ];
    const utf16 = Buffer.from(text, 'utf16le');
    const cp1252 = Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
    expect(await read(aFile(Buffer.from(text)))).toEqual(want);
    expect(await read(aFile(Buffer.from(`\ufeff${text}`)))).toEqual(want);
    expect(await read(aFile(utf16), 'utf-16le')).toEqual(want);
    expect(await read(aFile(Buffer.from(utf16).swap16()), 'utf-16be')).toEqual(want);
    expect(await read(aFile(cp1252), 'windows-1252')).toEqual(want);
  });

  it('keeps nothing of NUL bytes', async () => {
    expect(await read(aFile('a\0,b\n\0,2\n'))).toEqual([
      ['a', 'b'],
      ['', '2'],
    ]);
    expect(readFileSync(aFile('\0')).length).toBe(1);
  });
});
