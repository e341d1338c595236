import type { Cents } from '../kernel';
import type { FileLine } from './model';
import { type DecimalSign, readMoney, readQuantity } from './money';

/** Where an item begins: `2 x `, `1× `, at the start or after a comma. */
const START = /(?:^|,\s*)(\d+(?:[.,]\d+)?)\s*[x×]\s+/giu;
/** A price at the end of an item: with cents, or with the Swiss `.-` or a currency beside it. A bare number belongs to the name. */
const PRICE =
  /\s+(?:(?:[A-Z]{3}\s?|\p{Sc}\s?)(\d+(?:[.,]\d{1,2})?)|(\d+[.,]\d{2})(?:\s?(?:[A-Z]{3}|\p{Sc})|\.?[-–])?|(\d+)(?:\s?\p{Sc}|\.[-–]))$/u;

/**
 * Items written into one cell: `2 x Getränk 4.50.-, 1 x Snack 2,50.-`, `1× Hat, 2× Scarf, red`. A comma parts two items only when a
 * quantity follows it: names hold commas too. Prices are per piece, tax included, and may be missing: then the line has no amounts.
 */
export function readItemsText(text: string, decimal: DecimalSign, digits: number): FileLine[] {
  const starts = [...text.matchAll(START)];
  return starts.flatMap((m, i) => {
    const rest = text.slice(m.index + m[0].length, starts[i + 1]?.index ?? text.length).trim();
    const price = PRICE.exec(rest);
    const name = (price ? rest.slice(0, price.index) : rest).trim();
    const qtyMilli = readQuantity(m[1] as string, (m[1] as string).includes(',') ? ',' : decimal) ?? 1000;
    if (!name) return [];
    const told = price?.[1] ?? price?.[2] ?? price?.[3] ?? '';
    const each = told ? (readMoney(told, told.includes(',') ? ',' : '.', digits) ?? 0) : 0;
    const amount = Math.round((each * qtyMilli) / 1000) as Cents;
    const line: FileLine = {
      name,
      variant: '',
      category: '',
      sku: '',
      qtyMilli,
      gross: amount,
      discount: 0 as Cents,
      net: amount,
      tax: 0 as Cents,
    };
    return [line];
  });
}
