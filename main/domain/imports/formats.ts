import type { DateOrder } from '../customers/birthday';
import { type DateEvidence, decideDateOrder, noDateEvidence, observeDate } from './dates';
import { isDate, isMoney } from './detect';
import { FIELDS, type Field, PLUS } from './fields';
import { type DecimalSign, decideDecimal, type MoneyEvidence, noMoneyEvidence, observeMoney } from './money';
import type { Decisions, Question } from './plan';

const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'PW', 'MH']);
/** Countries that write 1,234.50. Source: CLDR number patterns of their main languages. */
const DOT = new Set(
  'US GB CA AU NZ IE MX PH IN IL JP CN TW HK KR SG MY TH PK BD LK NG KE GH EG AE SA KW OM BH QA CH LI MT PR GT HN SV NI PA DO PE'.split(
    ' ',
  ),
);

interface Seen<E> {
  at: number;
  e: E;
  /** Cells to show when the owner must be asked: those that leave it open, and those that contradict. */
  samples: string[];
  /** Open or proving cells counted when the last sample was taken. */
  shown: number;
}

const kindOfMoney = (e: MoneyEvidence): number => e.eitherDot + e.eitherComma + Math.min(e.dot, 1) + Math.min(e.comma, 1);
const kindOfDate = (e: DateEvidence): number => e.either + Math.min(e.dmy, 1) + Math.min(e.mdy, 1);

function telling(c: Seen<unknown>, text: string, count: number): void {
  if (count <= c.shown) return;
  c.shown = count;
  if (!c.samples.includes(text)) c.samples.push(text);
}

/** The one thing all say; undefined when they say nothing or differ. */
const common = <T>(all: readonly T[]): T | undefined => (all.every((x) => x === all[0]) ? all[0] : undefined);

/** How the columns of one file are written. */
export interface Answers {
  dateOrder?: Partial<Record<Field, DateOrder>>;
  decimal?: Partial<Record<Field, DecimalSign>>;
}

/** Gathers, column by column over the whole file, what its cells prove about decimal signs and day/month order. */
export class FormatEvidence {
  private readonly money = new Map<Field, Seen<MoneyEvidence>>();
  private readonly dates = new Map<Field, Seen<DateEvidence>>();

  constructor(fields: readonly Field[]) {
    fields.forEach((field, at) => {
      if (isMoney(field)) this.money.set(field, { at, e: noMoneyEvidence(), samples: [], shown: 0 });
      if (isDate(field)) this.dates.set(field, { at, e: noDateEvidence(), samples: [], shown: 0 });
    });
  }

  observe(cells: readonly string[]): void {
    for (const c of this.money.values()) {
      const text = cells[c.at] ?? '';
      if (text.includes(PLUS)) for (const part of text.split(PLUS)) observeMoney(c.e, part);
      else observeMoney(c.e, text);
      if (c.samples.length < 3) telling(c, text, kindOfMoney(c.e));
    }
    for (const c of this.dates.values()) {
      const text = cells[c.at] ?? '';
      observeDate(c.e, text);
      if (c.samples.length < 3) telling(c, text, kindOfDate(c.e));
    }
  }

  /**
   * Decides every column, or asks. A column without proof follows the others of its file (an export is written by one program in one
   * locale), and an answer given for one column, unless they contradict each other. `today` is yyyymmdd, `digits` the minor digits of the shop's currency,
   * `order` the day/month order the till always uses, `before` what the owner answered for an earlier file of the same columns: it
   * settles only what this file leaves open and does not contradict.
   */
  decide(
    given: Decisions,
    shop: {
      country: string;
      today: number;
      names: Partial<Record<Field, string>>;
      digits?: number;
      order?: DateOrder | undefined;
      before?: Answers;
    },
  ): Required<Answers> & { questions: Question[]; asBefore: Field[] } {
    const dateOrder: Partial<Record<Field, DateOrder>> = {};
    const decimal: Partial<Record<Field, DecimalSign>> = {};
    const questions: Question[] = [];
    const asBefore: Field[] = [];
    const orders = new Map([...this.dates].map(([f, c]) => [f, decideDateOrder(c.e, f === 'date' ? shop.today : null)]));
    const order = common([...Object.values(given.dateOrder ?? {}), ...orders.values()].filter((o) => o === 'dmy' || o === 'mdy'));
    const local: DateOrder = MONTH_FIRST.has(shop.country) ? 'mdy' : 'dmy';
    const usually = shop.order === local ? local : undefined; // what the till does at home, a shop abroad is asked
    for (const [field, c] of this.dates) {
      const found = orders.get(field) ?? null;
      const told = given.dateOrder?.[field];
      const own = found === 'any' ? (order ?? local) : found;
      const contradicts = c.e.dmy > 0 && c.e.mdy > 0;
      const borrowed = contradicts ? null : (order ?? usually);
      const before = contradicts ? undefined : shop.before?.dateOrder?.[field];
      dateOrder[field] = told ?? own ?? borrowed ?? before ?? local;
      if (told || own || borrowed) continue;
      if (before) asBefore.push(field);
      else questions.push({ kind: 'date-order', field, column: shop.names[field] ?? field, samples: c.samples, suggestion: local });
    }
    const money = shop.digits === 0 || shop.digits === 3 ? shop.digits : 2;
    const signs = new Map([...this.money].map(([f, c]) => [f, decideDecimal(c.e, FIELDS[f].kind === 'quantity' ? 'pieces' : money)]));
    // what a column proves by itself counts for the others; a sign taken as likely (pieces, yen) does not
    const proofs = [...this.money].map(([f, c]) => (c.e.dot || c.e.comma ? signs.get(f) : null));
    const sign = common([...Object.values(given.decimal ?? {}), ...proofs].filter((s) => s === '.' || s === ','));
    const usual: DecimalSign = DOT.has(shop.country) ? '.' : ',';
    for (const [field, c] of this.money) {
      const found = signs.get(field) ?? null;
      const told = given.decimal?.[field];
      const own = found === 'any' ? (sign ?? usual) : found;
      const contradicts = (c.e.dot > 0 && c.e.comma > 0) || (c.e.eitherDot > 0 && c.e.eitherComma > 0);
      const borrowed = contradicts ? null : sign;
      const before = contradicts ? undefined : shop.before?.decimal?.[field];
      decimal[field] = told ?? own ?? borrowed ?? before ?? usual;
      if (told || own || borrowed) continue;
      if (before) asBefore.push(field);
      else questions.push({ kind: 'decimal', field, column: shop.names[field] ?? field, samples: c.samples, suggestion: usual });
    }
    return { dateOrder, decimal, questions, asBefore };
  }
}
