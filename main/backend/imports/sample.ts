import { isCardColumn, scrubCards } from '@domain/imports/cards';
import { headerKey, tidyCell } from '@domain/imports/cells';
import { type Columns, type Field, joinerOf } from '@domain/imports/fields';
import type { OpenTable } from './table';

/** Enough to recognise one's own file by. */
const ROWS = 12;
const IDS: readonly Field[] = ['saleId', 'paymentId', 'customerId', 'sku'];

/** The first rows, mapped columns only and without card numbers, cell by cell as the owner wrote them; shown, never read again. */
export function sampleRows(table: OpenTable, fields: readonly Field[], columns: Columns): string[][] {
  const clean = (field: Field, at: number, raw: string): string => {
    if (isCardColumn(headerKey(table.names[at] ?? ''))) return '';
    const text = tidyCell(raw);
    // a till's own ids may add up to a card number by chance; an unknown file's may be one
    return table.recognised && IDS.includes(field) ? text : scrubCards(text).text;
  };
  return table.sample.slice(0, ROWS).map((row) =>
    fields.map((field) =>
      (columns[field] ?? [])
        .map((at) => clean(field, at, row[at] ?? ''))
        .filter(Boolean)
        .join(joinerOf(field))
        .slice(0, 120),
    ),
  );
}
