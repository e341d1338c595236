import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRecords } from '@adapters/csv/read';
import { scanFile } from '@adapters/csv/scan';
import { guessDelimiter, readHead } from '@adapters/csv/sniff';
import { AppError } from '@domain/errors';
import { decideDateOrder, noDateEvidence, observeDate, readDate } from '@domain/imports/dates';
import { columnNames, findHeader } from '@domain/imports/detect';
import { decideDecimal, noMoneyEvidence, observeMoney, readMoney } from '@domain/imports/money';
import { describe, expect, it } from 'vitest';

// The public corpora of difficult CSV files, where they are at hand; the same kinds of files written by us are in the other tests.
const nasty = resolve(import.meta.dirname, '../../../shared/data/pos/nasty');
const has = existsSync(nasty);

/** As the import reads it: bytes, encoding, delimiter, records; or the code it is refused with. */
async function open(path: string): Promise<{ rows: string[][] } | { refused: string; line?: unknown }> {
  try {
    const { encoding } = await scanFile(path);
    const delimiter = guessDelimiter(await readHead(path, encoding));
    const rows: string[][] = [];
    for await (const batch of readRecords(path, { encoding, delimiter })) rows.push(...batch.rows);
    return { rows };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { refused: error.code, ...('line' in error.params ? { line: error.params['line'] } : {}) };
  }
}
const rowsOf = async (path: string) => {
  const got = await open(path);
  if ('refused' in got) throw new Error(`refused: ${got.refused}`);
  return got.rows;
};
const names = (dir: string, ext: string) => (has ? readdirSync(join(nasty, dir)) : []).filter((f) => f.endsWith(ext));
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));

describe.runIf(has)('csv-spectrum', () => {
  // location_coordinates: its answer has another phone number than its question, so only the hard cell is compared below
  const answered = names('csv-spectrum/csvs', '.csv').filter((f) => f !== 'location_coordinates.csv');
  it.each(answered)('%s', async (name) => {
    const rows = await rowsOf(join(nasty, 'csv-spectrum/csvs', name));
    const [header = [], ...body] = rows;
    const want = json(join(nasty, 'csv-spectrum/json', name.replace('.csv', '.json')));
    expect(body.map((r) => Object.fromEntries(header.map((h, i) => [h, r[i]])))).toEqual(want);
  });
});

describe.runIf(has)('csv-spectrum, the file with a wrong answer', () => {
  it('location_coordinates.csv', async () => {
    const rows = await rowsOf(join(nasty, 'csv-spectrum/csvs/location_coordinates.csv'));
    expect(rows[1]?.[1]).toMatch(/^37.36'37\.8"N 121.2'17\.9"W$/);
  });
});

describe.runIf(has)('sineemore', () => {
  it.each(names('sineemore/json', '.json'))('%s', async (name) => {
    const rows = await rowsOf(join(nasty, 'sineemore/csv', name.replace('.json', '.csv')));
    const want = json(join(nasty, 'sineemore/json', name));
    const [header = [], ...body] = rows;
    expect(name.startsWith('header-') ? body.map((r) => Object.fromEntries(header.map((h, i) => [h, r[i]]))) : rows).toEqual(want);
  });

  // Files without an answer, for they are wrong on purpose: refused, or read as written; what does not fit the header is a row too
  // short or too long, which the import rejects with its number.
  it.each([
    ['bad-header-no-header', { refused: 'import.no-rows' }],
    ['bad-header-wrong-header', { rows: [['qux', 'quux', 'quuz']] }],
    [
      'bad-header-less-fields',
      {
        rows: [
          ['foo', 'bar', 'baz'],
          ['1', '2'],
        ],
      },
    ],
    [
      'bad-header-more-fields',
      {
        rows: [
          ['foo', 'bar', 'baz'],
          ['1', '2', '3', '4'],
        ],
      },
    ],
    ['bad-missing-quote', { refused: 'import.unclosed-quote', line: 2 }],
    [
      'bad-unescaped-quote',
      {
        rows: [
          ['foo', 'bar', 'baz'],
          ['1', 'This "quotes" must be escaped', '3'],
        ],
      },
    ],
    [
      'bad-quotes-with-unescaped-quote',
      {
        rows: [
          ['foo', 'bar', 'baz'],
          ['1', 'Hey, I missed " it', '3'],
        ],
      },
    ],
  ])('%s', async (name, want) => expect(await open(join(nasty, 'sineemore/csv', `${name}.csv`))).toEqual(want));
});

describe.runIf(has)('csvkit', () => {
  it.each([
    [
      'bad',
      {
        rows: [
          ['column_a', 'column_b', 'column_c'],
          ['1', '27', '', "I'm too long!"],
          ['', "I'm too short!"],
          ['0', 'mixed types.... uh oh', '17'],
        ],
      },
    ],
    [
      'blanks',
      {
        rows: [
          ['a', 'b', 'c', 'd', 'e', 'f'],
          ['', 'NA', 'N/A', 'NONE', 'NULL', '.'],
        ],
      },
    ],
    ['date_like_number', { rows: [['a'], ['4.5']] }],
    [
      'dummy_col_shuffled_ragged',
      {
        rows: [
          ['b', 'c', 'a', 'd'],
          ['2', '3', '1', '4'],
        ],
      },
    ],
    ['empty', { rows: [['']] }],
    [
      'mac_newlines',
      {
        rows: [
          ['a', 'b', 'c'],
          ['1', '2', '3'],
          ['Once upon\ra time', '5', '6'],
        ],
      },
    ],
    [
      'null_byte',
      {
        rows: [
          ['a', 'b', 'c'],
          ['', '2', '3'],
        ],
      },
    ],
    [
      'optional_quote_characters',
      {
        rows: [
          ['a', 'b', 'c'],
          ['1', '2', '3'],
        ],
      },
    ],
    [
      'sniff_limit',
      {
        rows: [
          ['a', 'b', 'c'],
          ['1', '2', '3'],
        ],
      },
    ],
    [
      'test_empty_columns',
      {
        rows: [
          ['a', 'b', 'c', '', ''],
          ['a', '', '', '', ''],
          ['', '', 'c', ''],
          ['', '', '', '', ''],
        ],
      },
    ],
    [
      'test_empty_columns_long_row',
      {
        rows: [
          ['a', 'b', 'c'],
          ['', '', '', ''],
        ],
      },
    ],
    [
      'test_empty_columns_short_row',
      {
        rows: [
          ['a', 'b', 'c'],
          ['', ''],
        ],
      },
    ],
    [
      'test_extra_header',
      {
        rows: [
          ['a', 'b', 'c', 'd'],
          ['1', '2', '3'],
        ],
      },
    ],
    [
      'test_latin1',
      {
        rows: [
          ['a', 'b', 'c'],
          ['1', '2', '3'],
          ['4', '5', '©'],
        ],
      },
    ],
    [
      'test_locale',
      {
        rows: [
          ['a', 'b', 'c'],
          ['1,7', '200.000.000', ''],
        ],
      },
    ],
    [
      'test_no_leading_zeroes',
      {
        rows: [
          ['a', 'b', 'c'],
          ['01', '00.11', '0.1'],
        ],
      },
    ],
    [
      'test_utf16_big',
      {
        rows: [
          ['a', 'b', 'c'],
          ['1', '2', '3'],
          ['4', '5', 'ʤ'],
        ],
      },
    ],
    [
      'test_utf16_little',
      {
        rows: [
          ['a', 'b', 'c'],
          ['1', '2', '3'],
          ['4', '5', 'ʤ'],
        ],
      },
    ],
    [
      'test_utf8',
      {
        rows: [
          ['foo', 'bar', 'baz'],
          ['1', '2', '3'],
          ['4', '5', 'ʤ'],
        ],
      },
    ],
    [
      'test_utf8_bom',
      {
        rows: [
          ['foo', 'bar', 'baz'],
          ['1', '2', '3'],
          ['4', '5', 'ʤ'],
        ],
      },
    ],
  ])('%s', async (name, want) => expect(await open(join(nasty, 'csvkit', `${name}.csv`))).toEqual(want));

  it('dummy.tsv', async () => {
    expect(await open(join(nasty, 'csvkit/dummy.tsv'))).toEqual({
      rows: [
        ['a', 'b', 'c'],
        ['1', '2', '3'],
      ],
    });
  });

  it('names from a header cell with line breaks and control characters', async () => {
    const rows = await rowsOf(join(nasty, 'csvkit/test_header_newline.csv'));
    expect(rows).toHaveLength(2);
    expect(columnNames(rows[0] as string[], 3)).toEqual(['start end', 'b', 'c']);
  });

  it.each([
    ['test_skip_lines', 3],
    ['bad_skip_lines', 3],
    ['no_header_row', -1],
    ['join_no_header_row', 0], // three letters over letters and numbers: names as well as data; the owner can say
    ['test_numeric_date_format', 0],
    ['test_date_format', 0],
  ])('%s: the column names stand in row %i', async (name, at) => {
    expect(findHeader(await rowsOf(join(nasty, 'csvkit', `${name}.csv`)))).toBe(at);
  });

  it('every file of the corpus is read or refused with a reason', async () => {
    const files = readdirSync(nasty, { recursive: true, encoding: 'utf8' }).filter((f) => /\.[ct]sv$/.test(f));
    expect(files.length).toBeGreaterThan(50);
    for (const f of files) await open(join(nasty, f));
  });
});

describe.runIf(has)('what their columns prove', () => {
  const pos = join(nasty, '..');
  const column = async (path: string, name: string) => {
    const rows = await rowsOf(path);
    const header = rows[findHeader(rows)] as string[];
    const at = header.findIndex((h) => h.trim() === name);
    return rows.slice(rows.indexOf(header) + 1).map((r) => r[at] ?? '');
  };
  const order = (cells: readonly string[]) => {
    const e = noDateEvidence();
    for (const c of cells) observeDate(e, c);
    return decideDateOrder(e, null);
  };
  const sign = (cells: readonly string[]) => {
    const e = noMoneyEvidence();
    for (const c of cells) observeMoney(e, c);
    return decideDecimal(e);
  };

  it('days', async () => {
    expect(order(await column(join(nasty, 'csvkit/test_date_format.csv'), 'a'))).toBe('dmy');
    expect(order(await column(join(nasty, 'csvkit/test_numeric_date_format.csv'), 'a'))).toBe('any');
    // ISO and month first in one column; every cell is a day
    const born = (await column(join(pos, 'other/dummy_customers_semicolon_dirty.csv'), 'birth_date')).filter(Boolean);
    expect(born.length).toBeGreaterThan(100);
    expect(order(born)).toBe('mdy');
    expect(born.filter((c) => readDate(c, 'mdy') === null)).toEqual([]);
    const sold = await column(join(pos, 'square/square_transactions_2018_example.csv'), 'Date');
    expect([order(sold), sold.filter((c) => readDate(c, 'mdy') === null)]).toEqual(['mdy', []]);
  });

  it('amounts', async () => {
    expect(sign(['1,7'])).toBe(',');
    expect(readMoney((await column(join(nasty, 'csvkit/test_locale.csv'), 'b'))[0] as string, ',', 2)).toBe(20_000_000_000);
    const net = await column(join(pos, 'square/square_transactions_2018_example.csv'), 'Net Sales');
    expect([sign(net), net.filter((c) => readMoney(c, '.', 2) === null)]).toEqual(['.', []]);
    const prices = await column(join(pos, 'uci/online_retail_2000.csv'), 'UnitPrice');
    expect([sign(prices), prices.filter((c) => readMoney(c, '.', 2) === null)]).toEqual(['.', []]);
    const gross = await column(join(pos, 'sumup/sumup_transactions_2025_de.csv'), 'Betrag inkl. MwSt.');
    expect([sign(gross), gross.filter((c) => readMoney(c, '.', 2) === null)]).toEqual(['.', []]);
  });
});
