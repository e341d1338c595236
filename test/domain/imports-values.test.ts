import { isCardColumn, isCardNumber, scrubCards } from '@domain/imports/cards';
import { csvCell, readId, tidyCell } from '@domain/imports/cells';
import { decideDateOrder, noDateEvidence, observeDate, readDate, readTime } from '@domain/imports/dates';
import { Instants } from '@domain/imports/instants';
import { decideDecimal, noMoneyEvidence, observeMoney, priceTimes, readMoney, readQuantity } from '@domain/imports/money';
import { zoneNamed } from '@domain/imports/zones';
import type { Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/stat-vectors.json';

describe('money', () => {
  it.each([
    ['$8.00', '.', 800],
    ['-$7.00', '.', -700],
    ['($33.62)', '.', -3362],
    ['$1,149.00 ', '.', 114900],
    ['1.234,50', ',', 123450],
    ['104,13', ',', 10413],
    ['116,99 €', ',', 11699],
    ['৳1499.00', '.', 149900],
    ['11.5', '.', 1150],
    ['1499', '.', 149900],
    ["1'234.50", '.', 123450],
    ['US$ 3.10', '.', 310],
    ['1,00,000.00', '.', 10000000],
    ['.5', '.', 50],
    ['2.005', '.', 201],
    ['-2.005', '.', -201],
    ['12.50-', '.', -1250],
  ] as const)('reads %s', (text, sign, cents) => expect(readMoney(text, sign, 2)).toBe(cents));

  it.each(['', 'abc', '12.3.4', '$', '1,23', '5 apples', '####', '12:30'])('refuses %s', (text) => {
    expect(readMoney(text, '.', 2)).toBeNull();
  });

  it('knows currencies without and with three minor digits', () => {
    expect(readMoney('¥1,499', '.', 0)).toBe(1499);
    expect(readMoney('1.250', '.', 3)).toBe(1250);
  });

  it('reads back every amount it could have been written from', () => {
    const amount = fc.integer({ min: -100_000_000, max: 100_000_000 });
    const form = fc.record({
      symbol: fc.constantFrom('', '$', '€ '),
      comma: fc.boolean(),
      brackets: fc.boolean(),
      blank: fc.boolean(),
      group: fc.boolean(),
    });
    fc.assert(
      fc.property(amount, form, (n, f) => {
        const whole = String(Math.floor(Math.abs(n) / 100));
        const [group, sign] = f.comma ? ['.', ','] : [',', '.'];
        const grouped = f.group ? whole.replace(/\B(?=(\d{3})+$)/g, group as string) : whole;
        const digits = `${f.symbol}${grouped}${sign}${String(Math.abs(n) % 100).padStart(2, '0')}`;
        const text = (n < 0 ? (f.brackets ? `(${digits})` : `-${digits}`) : digits) + (f.blank ? ' ' : '');
        expect(readMoney(text, sign as '.' | ',', 2)).toBe(n === 0 ? 0 : n);
      }),
    );
  });

  it('decides the decimal sign over the whole column, or asks', () => {
    const decide = (...cells: string[]) => {
      const e = noMoneyEvidence();
      for (const c of cells) observeMoney(e, c);
      return decideDecimal(e);
    };
    expect(decide('1,234', '5,678', '9.5')).toBe('.');
    expect(decide('1.234', '1.234.567')).toBe(',');
    expect(decide('1.234', '0.123')).toBe('.');
    expect(decide('1,234', '2,345')).toBeNull();
    expect(decide('12', '13')).toBe('any');
    expect(decide('1,5', '1.5')).toBeNull();
  });

  it('multiplies price and quantity exactly and rounds once', () => {
    expect(priceTimes('0.105', '.', 3000, 2)).toBe(32);
    expect(priceTimes('4.15', '.', -2000, 2)).toBe(-830);
    expect(readQuantity('1.0', '.')).toBe(1000);
    expect(readQuantity('-0.5', '.')).toBe(-500);
  });
});

describe('dates', () => {
  it.each([
    ['2026-07-18', 'mdy', '2026-7-18', null, null],
    ['2026-04-05 22:47:04 +0500', 'mdy', '2026-4-5', 82024, 300],
    ['2026-02-02T00:00:00Z', 'mdy', '2026-2-2', 0, 0],
    ['12/27/2018', 'mdy', '2018-12-27', null, null],
    ['31/12/2025 14:05', 'dmy', '2025-12-31', 50700, null],
    ['7/28/26 1:33 PM', 'mdy', '2026-7-28', 48780, null],
    ['12/6/2010 12:23', 'mdy', '2010-12-6', 44580, null],
    ['02.03.2024', 'dmy', '2024-3-2', null, null],
    ['16-Dec-2023 02:44 AM EST', 'mdy', '2023-12-16', 9840, null],
    ['Dec 8, 2024', 'mdy', '2024-12-8', null, null],
    ['10-Dez-25', 'dmy', '2025-12-10', null, null],
    ['30/12/24, 14:42', 'dmy', '2024-12-30', 52920, null],
    ['9/6/2016  6:29:00', 'mdy', '2016-9-6', 23340, null],
    ['20140102', 'mdy', '2014-1-2', null, null],
  ] as const)('reads %s', (text, order, day, seconds, offset) => {
    const d = readDate(text, order);
    if (!d || 'instant' in d) throw new Error(`not read: ${JSON.stringify(d)}`);
    expect([`${d.year}-${d.month}-${d.day}`, d.seconds, d.offset]).toEqual([day, seconds, offset]);
  });

  it('reads unix seconds as instants', () => expect(readDate('1569333217', 'mdy')).toEqual({ instant: 1_569_333_217_000 }));

  it.each(['2026-02-30', '13/13/2024', '3-Jan', 'yesterday', '', '25/12', '2026-07-18 25:00'])('refuses %s', (text) => {
    expect(readDate(text, 'dmy')).toBeNull();
  });

  it('reads times of day', () => {
    expect(readTime('12:59:30')).toBe(46770);
    expect(readTime('9:15:51 AM')).toBe(33351);
    expect(readTime('12:00 am')).toBe(0);
    expect(readTime('24:00')).toBeNull();
  });

  const decide = (today: number | null, ...cells: string[]) => {
    const e = noDateEvidence();
    for (const c of cells) observeDate(e, c);
    return decideDateOrder(e, today);
  };

  it('decides the order over the whole column, or asks', () => {
    expect(decide(null, '01/02/2026', '13/02/2026')).toBe('dmy');
    expect(decide(null, '01/02/2026', '02/13/2026')).toBe('mdy');
    expect(decide(null, '01/02/2026', '03/04/2026')).toBeNull();
    expect(decide(null, '13/02/2026', '02/13/2026')).toBeNull();
    expect(decide(null, '2026-01-02', '05/05/2026')).toBe('any');
    expect(decide(null, '02.03.2024')).toBe('dmy');
  });

  it('uses that a sale cannot lie in the future', () => {
    expect(decide(20261117, '11/12/2026', '10/12/2026')).toBe('mdy');
    expect(decide(20261117, '12/10/2026')).toBe('dmy');
  });

  it('every day written in one order is read back when the column holds a proof', () => {
    const day = fc.date({ min: new Date(Date.UTC(1970, 0, 1)), max: new Date(Date.UTC(2069, 11, 31)), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 20 }), fc.boolean(), fc.constantFrom('/', '-'), (days, monthFirst, sep) => {
        const write = (d: Date) => {
          const parts = [d.getUTCDate(), d.getUTCMonth() + 1].map((n) => String(n).padStart(2, '0'));
          return [...(monthFirst ? parts.reverse() : parts), d.getUTCFullYear()].join(sep);
        };
        const cells = days.map(write);
        const proof = days.some((d) => d.getUTCDate() > 12);
        const order = decide(null, ...cells);
        if (proof) expect(order).toBe(monthFirst ? 'mdy' : 'dmy');
        cells.forEach((c, i) => {
          const d = readDate(c, monthFirst ? 'mdy' : 'dmy');
          if (!d || 'instant' in d) throw new Error(c);
          expect(Date.UTC(d.year, d.month - 1, d.day)).toBe(Math.floor((days[i] as Date).getTime() / 86_400_000) * 86_400_000);
        });
      }),
    );
  });

  it('turns wall clocks into instants by the zone of the row, across the change of the clocks', () => {
    const shop = new Instants('America/New_York' as Zone);
    const at = (text: string, zone = 'America/New_York') => shop.at(readDate(text, 'mdy') as never, null, zone as Zone);
    expect(at('2026-07-18 12:59:30').at).toBe(Date.UTC(2026, 6, 18, 16, 59, 30));
    expect(at('2026-03-08 02:30:00').at).toBe(Date.UTC(2026, 2, 8, 7, 30)); // the hour that does not exist
    expect(at('2026-11-01 01:30:00').at).toBe(Date.UTC(2026, 10, 1, 5, 30));
    expect(at('2026-11-01 12:00:00').at).toBe(Date.UTC(2026, 10, 1, 17));
    expect(at('2026-07-18 23:30:00', 'America/Los_Angeles')).toMatchObject({ day: '2026-07-19' });
    expect(at('2026-07-18')).toMatchObject({ timeKnown: false, day: '2026-07-18' });
    expect(at('2026-07-18 02:00:00 +0000')).toMatchObject({ day: '2026-07-17' });
  });

  it('knows zones by the names Square writes', () => {
    expect(zoneNamed('Eastern Time (US & Canada)')).toBe('America/New_York');
    expect(zoneNamed('Arizona')).toBe('America/Phoenix');
    expect(zoneNamed('Europe/Berlin')).toBe('Europe/Berlin');
    expect(zoneNamed('EST')).toBeNull();
    expect(zoneNamed('Nowhere/At_All')).toBeNull();
  });
});

describe('cells', () => {
  it('takes off what spreadsheets put on', () => {
    expect(tidyCell("'0123")).toBe('0123');
    expect(tidyCell('="0123"')).toBe('0123');
    expect(tidyCell(' \u00a0x ')).toBe('x');
  });

  it('never guesses an id', () => {
    expect(readId('17841.0')).toEqual({ ok: true, id: '17841' });
    expect(readId('1.23E+12')).toEqual({ ok: false, why: 'scientific-id' });
    expect(readId('####')).toEqual({ ok: false, why: 'hidden-value' });
    expect(readId('7E5')).toEqual({ ok: true, id: '7E5' });
    expect(readId('123456789012345678')).toEqual({ ok: true, id: '123456789012345678' });
  });

  it('defuses formulas on the way out', () => {
    expect(csvCell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
    expect(csvCell('+1 2')).toBe("'+1 2");
    expect(csvCell(-5)).toBe('-5');
  });
});

describe('card numbers', () => {
  it.each([...vectors['luhn valid'], '4111 1111 1111 1111', '5500-0000-0000-0004', '6011000990139424'])('drops %s', (n) => {
    expect(isCardNumber(n.replace(/\D/g, ''))).toBe(true);
    expect(scrubCards(n)).toEqual({ text: '', found: 1 });
  });

  it.each([
    ...vectors['luhn invalid'],
    '1234567890123456',
    '2026-07-18 12:59:30',
    '+491711234567890',
    '4555',
    'eZvKQy5HeSpLqETKWOpdIbhqn8RZY',
  ])('keeps %s', (n) => {
    expect(scrubCards(n)).toEqual({ text: n, found: 0 });
  });

  it('cuts one out of a note', () => {
    expect(scrubCards('card 4111 1111 1111 1111 exp 12/28')).toEqual({ text: 'card  exp 12/28', found: 1 });
  });

  it('knows the columns that may not be read', () => {
    expect(['pan', 'cvv', 'track 2', 'cvc'].every(isCardColumn)).toBe(true);
    expect(isCardColumn('pan suffix')).toBe(false);
  });
});
