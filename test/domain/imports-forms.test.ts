import { toE164, toEmail } from '@domain/customers/phone';
import { scrubCards } from '@domain/imports/cards';
import { readId, tidyCell } from '@domain/imports/cells';
import { type CellTime, decideDateOrder, noDateEvidence, observeDate, readDate, readTime } from '@domain/imports/dates';
import type { Field } from '@domain/imports/fields';
import { FormatEvidence } from '@domain/imports/formats';
import { Instants } from '@domain/imports/instants';
import { decideDecimal, noMoneyEvidence, observeMoney, readMoney, saysNothing } from '@domain/imports/money';
import { RowReader, type Rules } from '@domain/imports/row';
import { TableWatch } from '@domain/imports/tables';
import { saysUtc, zoneBehind } from '@domain/imports/zones';
import type { Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const nyc = 'America/New_York' as Zone;
const day = (text: string, order: 'dmy' | 'mdy' = 'dmy') => {
  const d = readDate(text, order);
  if (!d || 'instant' in d) return d;
  const two = (n: number) => String(n).padStart(2, '0');
  const clock =
    d.seconds === null ? '' : ` ${two(Math.floor(d.seconds / 3600))}:${two(Math.floor(d.seconds / 60) % 60)}:${two(d.seconds % 60)}`;
  return `${d.year}-${two(d.month)}-${two(d.day)}${clock}`;
};

describe('amounts as tills of many countries write them', () => {
  it.each([
    ['-$7.00', '.', -700],
    ['$-7.00', '.', -700],
    ['-5,00 €', ',', -500],
    ['€ -5,00', ',', -500],
    ['- 5.00', '.', -500],
    ['\u22125.00', '.', -500],
    ['+5.00', '.', 500],
    ['(1.234,50 €)', ',', -123450],
    ['€1.234,50', ',', 123450],
    ['1 234,50 €', ',', 123450],
    ['1\u202f234,50\u00a0€', ',', 123450],
    ["CHF 1'234.50", '.', 123450],
    ['Fr. 1’234.50', '.', 123450],
    ['4.50.-', '.', 450],
    ['5.-', '.', 500],
    ['5,--', ',', 500],
    ['12.50-', '.', -1250],
    ['R$ 1.234,50', ',', 123450],
    ['Rs. 1,00,000.00', '.', 10000000],
    ['৳ 1,499.00', '.', 149900],
    ['USD 12.00', '.', 1200],
    ['12.00 usd', '.', 1200],
    ['12 kr.', ',', 1200],
    ['zł 12,50', ',', 1250],
    ['$ -', '.', 0],
    ['$-   ', '.', 0],
    ['0.10495', '.', 10],
    ['0.00499', '.', 0],
  ] as const)('reads %s', (text, sign, cents) => expect(readMoney(text, sign, 2)).toBe(cents));

  it.each(['No 5', '5 CR', '5%', '1.5E+3', '5.00.00', '--5', '5 x 2', '=5', '(5', '1'.repeat(41), 'NaN'])('refuses %s', (text) => {
    expect(readMoney(text, '.', 2)).toBeNull();
  });

  it.each(['', '-', '—', 'N/A', 'n/a', 'NULL', 'None', 'NaN'])('%j says nothing, which is not zero', (t) =>
    expect(saysNothing(t)).toBe(true),
  );
  it.each(['0', '.', '-1', '$-', 'free'])('%j says something', (t) => expect(saysNothing(t)).toBe(false));

  const decide = (counted: 0 | 2 | 3 | 'pieces', ...cells: string[]) => {
    const e = noMoneyEvidence();
    for (const c of cells) observeMoney(e, c);
    return decideDecimal(e, counted);
  };

  it('decides what one cell cannot by what is counted', () => {
    expect(decide(2, '1.000', '12.500')).toBeNull();
    expect(decide(3, '1.000', '12.500', '0')).toBe('.');
    expect(decide(3, '1.000', '12')).toBeNull();
    expect(decide(0, '1.000', '12.500')).toBe(',');
    expect(decide('pieces', '1.000', '2.000')).toBe('.');
    expect(decide('pieces', '1,000')).toBe(',');
    expect(decide('pieces', '1.000', '1,000')).toBeNull();
  });

  it('takes a slip of the pen for one, and asks when cells contradict each other', () => {
    expect(decide(2, ...Array.from({ length: 50 }, () => '1,50'), '1.50')).toBe(',');
    expect(decide(2, '1,50', '2,50', '1.50')).toBeNull();
  });

  it('reads back every amount it could have been written from, in every locale and currency', () => {
    const currencies = { USD: 2, JPY: 0, OMR: 3, EUR: 2, CHF: 2, BDT: 2, GBP: 2, SEK: 2 } as const;
    const locales = ['en-US', 'de-DE', 'fr-FR', 'es-ES', 'it-IT', 'de-CH', 'en-IN', 'pt-BR', 'sv-SE', 'pl-PL'] as const;
    const column = fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        column,
        fc.constantFrom(...(Object.keys(currencies) as (keyof typeof currencies)[])),
        fc.constantFrom(...locales),
        fc.constantFrom('symbol', 'code', 'name-less'),
        (amounts, currency, locale, style) => {
          const digits = currencies[currency];
          const format = new Intl.NumberFormat(locale, {
            ...(style === 'name-less' ? {} : { style: 'currency', currency, currencyDisplay: style as 'symbol' | 'code' }),
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
          });
          const cells = amounts.map((n) => format.format(n / 10 ** digits));
          const e = noMoneyEvidence();
          for (const c of cells) observeMoney(e, c);
          const found = decideDecimal(e, digits);
          const really = format.formatToParts(1234.5).find((p) => p.type === 'decimal')?.value ?? (locale === 'de-CH' ? '.' : undefined);
          if (really && found !== 'any' && found !== null) expect([found, ...cells]).toEqual([really, ...cells]);
          const sign = really === ',' || really === '.' ? really : found === ',' ? ',' : '.';
          if (really || found !== null) expect(cells.map((c) => readMoney(c, sign, digits))).toEqual(amounts.map((n) => n + 0));
        },
      ),
    );
  });
});

describe('dates as tills of many countries write them', () => {
  it.each([
    ['2026-04-05 22:47:04 +0500', '2026-04-05 22:47:04'],
    ['2026-02-02T00:00:00', '2026-02-02 00:00:00'],
    ['2026-02-02T10:00:00.123Z', '2026-02-02 10:00:00'],
    ['2026-02-02T10:00:00.123456+01:00', '2026-02-02 10:00:00'],
    ['16-Dec-2023 02:44 AM EST', '2023-12-16 02:44:00'],
    ['31/12/2025 14:05', '2025-12-31 14:05:00'],
    ['30/12/24, 14:42', '2024-12-30 14:42:00'],
    ['02.03.2024', '2024-03-02'],
    ['02.03.2024 14.05', '2024-03-02 14:05:00'],
    ['02. 03. 2024', '2024-03-02'],
    ['2024.03.02.', '2024-03-02'],
    ['10-Dez-25', '2025-12-10'],
    ['8. Dezember 2024 um 14:05 Uhr', '2024-12-08 14:05:00'],
    ['8 déc. 2024 à 14h05', '2024-12-08 14:05:00'],
    ['mar. 3 déc. 2024', '2024-12-03'],
    ['3 mars 2024', '2024-03-03'],
    ['8 de diciembre de 2024, 2:05 p. m.', '2024-12-08 14:05:00'],
    ['8 dicembre 2024', '2024-12-08'],
    ['Dec 8, 2024 at 9:15 AM', '2024-12-08 09:15:00'],
    ['Sun, 8 Dec 2024 09:15:00 GMT', '2024-12-08 09:15:00'],
    ['1. März 2024', '2024-03-01'],
    ['20240102', '2024-01-02'],
    ['5/1/2024 2 PM', '2024-01-05 14:00:00'],
  ])('reads %s', (text, want) => expect(day(text)).toBe(want));

  it.each([
    ['7/28/26 1:33 PM', '2026-07-28 13:33:00'],
    ['10/2/25 5:47 PM', '2025-10-02 17:47:00'],
    ['10/2/2025 5:47 PM', '2025-10-02 17:47:00'],
    ['9/6/2016  6:29:00', '2016-09-06 06:29:00'],
    ['12/6/2010 12:23', '2010-12-06 12:23:00'],
    ['12/1/10 12:43', '2010-12-01 12:43:00'],
    ['09/25/26', '2026-09-25'],
    ['03/13/1938', '1938-03-13'],
    ['1974-01-01', '1974-01-01'],
  ])('reads %s month first', (text, want) => expect(day(text, 'mdy')).toBe(want));

  it('reads unix time with and without a float behind it', () => {
    expect(readDate('1569333217', 'dmy')).toEqual({ instant: 1_569_333_217_000 });
    expect(readDate('1569333217.0', 'dmy')).toEqual({ instant: 1_569_333_217_000 });
    expect(readDate('1569333217123', 'dmy')).toEqual({ instant: 1_569_333_217_123 });
  });

  it.each([
    '3-Jan',
    'Jan 2024',
    '31/04/2024',
    '29/02/2023',
    '45292',
    '1/2',
    '12/27/20189',
    '2026-07-18 noon',
    '2026-07-18x',
    '0/0/0',
    '00/00/0000',
    'mar',
    '1.5',
    '2026-07-18 24:00',
  ])('refuses %s', (text) => expect(readDate(text, 'dmy')).toBeNull());

  it('reads times of day in their spellings, and not numbers', () => {
    expect(readTime('14h05')).toBe(50_700);
    expect(readTime('2:05 p.m.')).toBe(50_700);
    expect(readTime('02:05PM')).toBe(50_700);
    expect(readTime('14:05 Uhr')).toBe(50_700);
    expect(readTime('14:05:00.000')).toBe(50_700);
    expect(readTime('13:05 PM')).toBeNull();
    expect(readTime('14')).toBeNull();
    expect(readTime('14:05 EST')).toBeNull();
  });

  it('every instant a locale writes is read back', () => {
    const when = fc.date({ min: new Date(Date.UTC(2000, 0, 1)), max: new Date(Date.UTC(2039, 11, 31)), noInvalidDate: true });
    const styles = [
      ['en-US', 'mdy', { dateStyle: 'short', timeStyle: 'medium' }],
      ['en-US', 'mdy', { dateStyle: 'medium', timeStyle: 'short' }],
      ['en-US', 'mdy', { dateStyle: 'full' }],
      ['en-GB', 'dmy', { dateStyle: 'short', timeStyle: 'medium' }],
      ['en-GB', 'dmy', { dateStyle: 'full', timeStyle: 'short' }],
      ['de-DE', 'dmy', { dateStyle: 'medium', timeStyle: 'medium' }],
      ['de-DE', 'dmy', { dateStyle: 'full', timeStyle: 'short' }],
      ['fr-FR', 'dmy', { dateStyle: 'short', timeStyle: 'short' }],
      ['fr-FR', 'dmy', { dateStyle: 'full', timeStyle: 'medium' }],
      ['es-ES', 'dmy', { dateStyle: 'long', timeStyle: 'short' }],
      ['es-MX', 'dmy', { dateStyle: 'long', timeStyle: 'short' }],
      ['it-IT', 'dmy', { dateStyle: 'medium', timeStyle: 'short' }],
      ['sv-SE', 'dmy', { dateStyle: 'short', timeStyle: 'short' }],
    ] as const;
    fc.assert(
      fc.property(when, fc.constantFrom(...styles), (d, [locale, order, style]) => {
        const f = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
        const text = f.format(d);
        const read = readDate(text, order);
        if (!read || 'instant' in read) throw new Error(`not read: ${text}`);
        expect([text, Date.UTC(read.year, read.month - 1, read.day)]).toEqual([text, Math.floor(d.getTime() / 86_400_000) * 86_400_000]);
        if ('timeStyle' in style) {
          const exact = style.timeStyle === 'medium' ? 1000 : 60_000;
          expect([text, (read.seconds ?? -1) * 1000]).toEqual([text, Math.floor((d.getTime() % 86_400_000) / exact) * exact]);
        }
      }),
    );
  });

  it('asks when the cells of a column contradict each other, not for one slip', () => {
    const decide = (...cells: string[]) => {
      const e = noDateEvidence();
      for (const c of cells) observeDate(e, c);
      return decideDateOrder(e, null);
    };
    expect(decide('13/01/2026', '14/01/2026', '01/15/2026')).toBeNull();
    expect(decide(...Array.from({ length: 40 }, () => '13/01/2026'), '01/15/2026')).toBe('dmy');
    expect(decide('1974-01-01', '03/13/1938', '02/03/1950')).toBe('mdy'); // ISO beside M/D: each proves its own
  });
});

describe('columns of one file', () => {
  const fields: Field[] = ['date', 'birthday', 'lineNet', 'tax', 'quantity'];
  const names = { date: 'Date', birthday: 'Born', lineNet: 'Net', tax: 'VAT', quantity: 'Qty' };
  const look = (
    rows: string[][],
    given = {},
    shop: { country: string; today: number; digits?: number } = { country: 'US', today: 20261118 },
  ) => {
    const e = new FormatEvidence(fields);
    for (const r of rows) e.observe(r);
    return e.decide(given, { ...shop, names });
  };

  it('one column that proves its form settles the others', () => {
    const d = look([['13/02/2026', '01/02/1990', '1.234', '0,19', '1.000']]);
    expect(d.questions).toEqual([]);
    expect(d.dateOrder).toEqual({ date: 'dmy', birthday: 'dmy' });
    expect(d.decimal).toEqual({ lineNet: ',', tax: ',', quantity: '.' });
  });

  it('asks with the cells that leave it open, and one answer settles the file', () => {
    const rows = [['01/02/2026', '03/04/1990', '1.234', '', '']];
    const d = look(rows);
    expect(d.questions).toEqual([
      { kind: 'date-order', field: 'date', column: 'Date', samples: ['01/02/2026'], suggestion: 'mdy' },
      { kind: 'date-order', field: 'birthday', column: 'Born', samples: ['03/04/1990'], suggestion: 'mdy' },
      { kind: 'decimal', field: 'lineNet', column: 'Net', samples: ['1.234'], suggestion: '.' },
    ]);
    const answered = look(rows, { dateOrder: { date: 'dmy' }, decimal: { lineNet: ',' } });
    expect(answered.questions).toEqual([]);
    expect(answered.dateOrder.birthday).toBe('dmy');
  });

  it('does not take over from columns that differ among each other', () => {
    const d = look([['13/02/2026', '02/13/1990', '1.234', '', '']]);
    expect(d.dateOrder).toEqual({ date: 'dmy', birthday: 'mdy' });
  });

  it('shows the cells that contradict', () => {
    const d = look([
      ['', '', '1,50', '', ''],
      ['', '', '2.50', '', ''],
    ]);
    expect(d.questions).toMatchObject([{ field: 'lineNet', samples: ['1,50', '2.50'] }]);
  });

  it('knows the decimals of the currency', () => {
    expect(look([['', '', '1.250', '', '']], {}, { country: 'OM', today: 20261118, digits: 3 }).decimal.lineNet).toBe('.');
    expect(look([['', '', '1.250', '', '']], {}, { country: 'JP', today: 20261118, digits: 0 }).decimal.lineNet).toBe(',');
  });
});

describe('zones', () => {
  it('a name the shop itself uses is the shop, another one its own zone', () => {
    expect(zoneBehind('EST', nyc)).toBe(nyc);
    expect(zoneBehind('EDT', nyc)).toBe(nyc);
    expect(zoneBehind('CST', nyc)).toBe('America/Chicago');
    expect(zoneBehind('MST', 'America/Phoenix' as Zone)).toBe('America/Phoenix');
    expect(zoneBehind('MDT', 'America/Phoenix' as Zone)).toBe('America/Denver');
    expect(zoneBehind('CEST', 'Europe/Berlin' as Zone)).toBe('Europe/Berlin');
    expect(zoneBehind('IST', 'Asia/Kolkata' as Zone)).toBe('Asia/Kolkata');
    expect(zoneBehind('IST', nyc)).toBeNull();
    expect(zoneBehind('Eastern Time (US & Canada)', 'America/Chicago' as Zone)).toBe(nyc);
  });

  it('knows a column of UTC times by its name', () => {
    expect(['Created (UTC)', 'created_utc', 'Date UTC'].every(saysUtc)).toBe(true);
    expect(['Created', 'UTC offset', 'Dutch'].some(saysUtc)).toBe(false);
  });

  const rules: Rules = {
    profile: null,
    fields: ['date', 'time', 'zone'],
    tenders: [],
    names: { date: 'Date' },
    dateOrder: { date: 'mdy' },
    decimal: {},
    shopZone: nyc,
    country: 'US',
    thisYear: 2026,
    currency: 'USD',
    digits: 2,
  };
  const at = (cells: string[], dateName = 'Date') => {
    const c = new RowReader({ ...rules, names: { date: dateName } });
    const r = { row: 2, cells };
    const cell = c.date(r);
    const zone = cells[2] ? zoneBehind(cells[2], nyc) : null;
    const found = new Instants(nyc).at(cell, c.clock(r), zone ?? (c.utc ? ('UTC' as Zone) : nyc));
    return {
      at: new Date(found.at).toISOString().slice(0, 16),
      day: found.day,
      known: found.timeKnown,
      notes: c.notes.map((n) => n.reason),
    };
  };

  it('offset > zone column > (UTC) in the header > name behind the time > shop', () => {
    expect(at(['2026-07-18 12:00 -0700', '', 'Eastern Time (US & Canada)'])).toMatchObject({ at: '2026-07-18T19:00' });
    expect(at(['2026-07-18 12:00 CST', '', 'Pacific Time (US & Canada)'])).toMatchObject({ at: '2026-07-18T19:00', notes: [] });
    expect(at(['2026-07-18 12:00', '', ''], 'Created (UTC)')).toMatchObject({ at: '2026-07-18T12:00', notes: [] });
    expect(at(['2026-07-18 12:00 CST', '', ''])).toMatchObject({ at: '2026-07-18T17:00', notes: [] });
    expect(at(['2026-07-18 12:00 EST', '', ''])).toMatchObject({ at: '2026-07-18T16:00', notes: [] });
    expect(at(['2026-07-18 12:00', '', ''])).toMatchObject({ at: '2026-07-18T16:00' });
    expect(at(['2026-07-18 12:00 XYZ', '', ''])).toMatchObject({ at: '2026-07-18T16:00', notes: ['unknown-zone'] });
    expect(at(['2026-07-18 02:00', '', ''], 'Created (UTC)')).toMatchObject({ day: '2026-07-17' });
  });

  it('puts date and time columns together', () => {
    expect(at(['7/18/2026', '9:15:51 AM', ''])).toMatchObject({ at: '2026-07-18T13:15', known: true });
    expect(at(['2026-07-18 00:00:00', '9:15:51 AM', ''])).toMatchObject({ at: '2026-07-18T13:15' }); // a spreadsheet's midnight
    expect(at(['2026-07-18', '9:15 AM CST', ''])).toMatchObject({ at: '2026-07-18T14:15' });
    expect(at(['2026-07-18', '09:15 +02:00', ''])).toMatchObject({ at: '2026-07-18T07:15' });
    expect(at(['2026-07-18', '', ''])).toMatchObject({ at: '2026-07-18T16:00', known: false });
    expect(() => at(['2026-07-18', 'noon', ''])).toThrow('bad-date');
  });

  it('an hour the clock skips is read later, one it repeats as the first', () => {
    const shop = new Instants(nyc);
    const wall = (text: string) => new Date(shop.at(readDate(text, 'mdy') as CellTime, null, nyc).at).toISOString().slice(0, 16);
    expect(wall('2026-03-08 01:59')).toBe('2026-03-08T06:59');
    expect(wall('2026-03-08 02:30')).toBe('2026-03-08T07:30');
    expect(wall('2026-03-08 03:00')).toBe('2026-03-08T07:00');
    expect(wall('2026-11-01 01:30')).toBe('2026-11-01T05:30');
    expect(wall('2026-11-01 02:00')).toBe('2026-11-01T07:00');
  });
});

describe('cells with a whole novel in them', () => {
  it('are put aside in no time', () => {
    const blanks = ' '.repeat(120_000);
    const novels = [
      `1${blanks}x`,
      `x${blanks}1 `,
      `${'1 '.repeat(60_000)}x`,
      `1${'-'.repeat(120_000)}1x`,
      `${'12.'.repeat(40_000)}x`,
      `"${'""'.repeat(60_000)}x`,
    ];
    const started = performance.now();
    for (const text of novels) {
      tidyCell(text);
      readId(text);
      scrubCards(text);
      observeMoney(noMoneyEvidence(), text);
      observeDate(noDateEvidence(), text);
      expect([readMoney(text, '.', 2), readDate(text, 'mdy'), readTime(text), toE164(text, 'US').ok, toEmail(text)]).toEqual([
        null,
        null,
        null,
        false,
        null,
      ]);
      expect(new TableWatch(['a', 'b'], 2).kind([text, text])).toBe('data');
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
