import type { DateOrder } from '../customers/birthday';
import { type DateEvidence, decideDateOrder, noDateEvidence, observeDate } from './dates';
import { isDate, isMoney } from './detect';
import type { Field } from './fields';
import { type DecimalSign, decideDecimal, type MoneyEvidence, noMoneyEvidence, observeMoney } from './money';
import type { Decisions, Question } from './plan';

const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'PW', 'MH']);

/** Gathers, column by column over the whole file, what its cells prove about decimal signs and day/month order. */
export class FormatEvidence {
  private readonly money = new Map<Field, { at: number; e: MoneyEvidence; samples: string[] }>();
  private readonly dates = new Map<Field, { at: number; e: DateEvidence; samples: string[] }>();

  constructor(fields: readonly Field[]) {
    fields.forEach((field, at) => {
      if (isMoney(field)) this.money.set(field, { at, e: noMoneyEvidence(), samples: [] });
      if (isDate(field)) this.dates.set(field, { at, e: noDateEvidence(), samples: [] });
    });
  }

  observe(cells: readonly string[]): void {
    for (const c of this.money.values()) {
      const text = cells[c.at] ?? '';
      if (text.length < 4) {
        if (text.length > 1) observeMoney(c.e, text);
        continue;
      }
      observeMoney(c.e, text);
      if (c.samples.length < 3 && /^[^\d]*\d{1,3}[.,]\d{3}\D*$/.test(text)) c.samples.push(text);
    }
    for (const c of this.dates.values()) {
      const text = cells[c.at] ?? '';
      const before = c.e.either;
      observeDate(c.e, text);
      if (c.e.either > before && c.samples.length < 3 && !c.samples.includes(text)) c.samples.push(text);
    }
  }

  /**
   * Decides every column, or asks. A column without proof follows one of the same file that has it: an export is written by one
   * program in one locale. `today` is yyyymmdd.
   */
  decide(
    given: Decisions,
    shop: { country: string; today: number; names: Partial<Record<Field, string>> },
  ): { dateOrder: Partial<Record<Field, DateOrder>>; decimal: Partial<Record<Field, DecimalSign>>; questions: Question[] } {
    const dateOrder: Partial<Record<Field, DateOrder>> = {};
    const decimal: Partial<Record<Field, DecimalSign>> = {};
    const questions: Question[] = [];
    const orders = new Map([...this.dates].map(([f, c]) => [f, decideDateOrder(c.e, f === 'date' ? shop.today : null)]));
    const proven = [...orders.values()].find((o) => o === 'dmy' || o === 'mdy');
    const local: DateOrder = MONTH_FIRST.has(shop.country) ? 'mdy' : 'dmy';
    for (const [field, c] of this.dates) {
      const found = orders.get(field) ?? null;
      const conflicting = c.e.dmy > 0 && c.e.mdy > 0;
      dateOrder[field] =
        given.dateOrder?.[field] ?? (found === 'any' ? (proven ?? local) : (found ?? (conflicting ? local : (proven ?? local))));
      if (found === null && !given.dateOrder?.[field] && (conflicting || !proven)) {
        questions.push({ kind: 'date-order', field, column: shop.names[field] ?? field, samples: c.samples, suggestion: local });
      }
    }
    const signs = new Map([...this.money].map(([f, c]) => [f, decideDecimal(c.e)]));
    const sure = [...signs.values()].find((s) => s === '.' || s === ',');
    const usual: DecimalSign = ['US', 'GB', 'CA', 'AU', 'NZ', 'IE', 'MX', 'PH', 'IN', 'IL', 'JP'].includes(shop.country) ? '.' : ',';
    for (const [field, c] of this.money) {
      const found = signs.get(field) ?? null;
      const conflicting = c.e.dot > 0 && c.e.comma > 0;
      decimal[field] = given.decimal?.[field] ?? (found === 'any' ? (sure ?? usual) : (found ?? (conflicting ? usual : (sure ?? usual))));
      if (found === null && !given.decimal?.[field] && (conflicting || !sure)) {
        questions.push({ kind: 'decimal', field, column: shop.names[field] ?? field, samples: c.samples, suggestion: usual });
      }
    }
    return { dateOrder, decimal, questions };
  }
}
