import type { Field } from '@domain/imports/fields';
import { FIELDS } from '@domain/imports/fields';
import { type Out, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Chip, ErrorNote, Panel, SelectField } from '@renderer/ui';
import type { Decisions, Report } from './import.ui';
import css from './imports.module.css';
import { TableFields } from './ReadingFields';
import { type Says, sayCell } from './say';
import { useFile } from './useImports';
import table from './wizard.module.css';

type Reading = NonNullable<Report['reading']>;
type FirstRowsOut = NonNullable<Out<'imports/first-rows'>>;

/** The beginning of the file beside what it means to us, and every decision about how it is read, each to be changed with one choice. */
export function FirstRows({ report: r }: { report: Report }) {
  const words = useWords(catalogue);
  const w = words.first;
  const query = useQuery('imports/first-rows', { id: r.id }, { topics: [] });
  const first = query.data;
  const { reading } = r;
  if (!first?.rows.length || !reading) return null;
  const rows = first.rows.slice(0, 6).map((cells, i) => ({ name: `row-${i}`, cells }));
  const columns = shownColumns(first);
  const unsure = new Set(r.questions.map((q) => q.field));
  return (
    <Panel title={w.title} hint={w.hint}>
      <Corrections report={r} reading={reading} withDates={!plainDates(first)} />
      <section className={table.scroll} aria-label={w.table} {...SCROLLS}>
        <table className={table.first}>
          <thead>
            <tr>
              {columns.map((c) => (
                <th key={c.field} scope="col" data-align={isAmount(c.field) ? 'right' : undefined}>
                  <span className={table.means}>{words.mapping.fields[c.field]}</span>
                  <span className={table.named}>{c.name}</span>
                  {unsure.has(c.field) && <Chip tone="warn">{w.guessed}</Chip>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }) => (
              <tr key={name}>
                {columns.map((c) => (
                  <Cell key={c.field} cell={cells[c.at] ?? NONE} right={isAmount(c.field)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {first.unused.length > 0 && <p className={table.unused}>{w.unused(first.unused.length, first.unused.join(', '))}</p>}
    </Panel>
  );
}

/** What one looks for first, when holding a file against the till. */
const FIRST: readonly Field[] = [
  'date',
  'time',
  'saleId',
  'receiptNo',
  'item',
  'quantity',
  'lineNet',
  'net',
  'gross',
  'lineGross',
  'unitPrice',
  'total',
  'fullName',
  'firstName',
  'lastName',
  'phone',
  'email',
];

/** Columns in the order of interest; those that hold nothing in these rows are left out. */
function shownColumns(first: FirstRowsOut): { field: Field; name: string; at: number }[] {
  const rank = (field: Field) => (FIRST.includes(field) ? FIRST.indexOf(field) : FIRST.length);
  return first.columns
    .map((c, at) => ({ ...c, at }))
    .filter((c) => first.rows.some((r) => r[c.at]?.raw))
    .sort((a, b) => rank(a.field) - rank(b.field));
}

/** Year first in every row: there is nothing to mistake. */
const plainDates = (first: FirstRowsOut): boolean =>
  first.columns.every((c, i) => FIELDS[c.field].kind !== 'date' || first.rows.every((r) => /^(\d{4}\D|\d{8,}|$)/.test(r[i]?.raw ?? '')));

type CellOf = { raw: string; says: Says };
const NONE: CellOf = { raw: '', says: { is: 'blank' } };
/** A part that scrolls must be reachable by keyboard. */
const SCROLLS = { tabIndex: 0 };

function Cell({ cell: { raw, says }, right }: { cell: CellOf; right: boolean }) {
  const w = useWords(catalogue).first;
  const { shop, locale } = useShell();
  const meaning = sayCell(raw, says, shop, locale, w);
  const same = says.is === 'text' || sameWords(meaning, raw) || (says.is === 'quantity' && Number(raw) === says.milli / 1000);
  return (
    <td data-align={right ? 'right' : undefined} data-bad={says.is === 'unread' || undefined}>
      {says.is === 'blank' ? (
        <span className={table.blank}>{w.blank}</span>
      ) : (
        <>
          <span className={table.says}>{says.is === 'unread' ? w.unread : same ? raw : meaning}</span>
          {!same && <span className={table.raw}>{raw}</span>}
        </>
      )}
    </td>
  );
}

const isAmount = (field: Field | undefined): boolean =>
  field !== undefined && (FIELDS[field].kind === 'money' || FIELDS[field].kind === 'quantity');

/** Written the same but for case, blanks and the shape of a minus: the cell need not be shown twice. */
const sameWords = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (text: string): string => text.toLowerCase().replace('−', '-').replace(/\s/g, '');

/** What was decided about the file, found out or answered; a change checks it again. */
function Corrections({ report: r, reading, withDates }: { report: Report; reading: Reading; withDates: boolean }) {
  const words = useWords(catalogue);
  const w = words.first;
  const file = useFile();
  const path = r.path ?? (file.ui.importId === r.id ? file.ui.path : null);
  const busy = file.busy || file.looking !== null;
  const again = (d: Decisions) => path !== null && void file.check(path, r.mapping, { ...r.decisions, ...d });
  // another table shape may be another kind of file: it is looked at from the start
  const reopen = (d: Decisions) => path !== null && void (r.mapping ? file.open(path, { ...r.decisions, ...d }) : again(d));
  const dates = Object.keys(reading.dateOrder) as Field[];
  const signs = Object.keys(reading.decimal) as Field[];
  const all = <V extends string>(fields: Field[], value: V) =>
    Object.fromEntries(fields.map((f) => [f, value])) as Partial<Record<Field, V>>;
  const order = reading.dateOrder[dates.includes('date') ? 'date' : (dates[0] as Field)];
  const sign = reading.decimal[signs[0] as Field];
  const asked = (kind: 'date-order' | 'decimal') => r.questions.some((q) => q.kind === kind);
  return (
    <>
      <div className={css.decisions}>
        <TableFields form={reading} fileName={r.fileName} disabled={busy || path === null} onChange={reopen} />
        {order && withDates && (
          <div className={css.decision} data-guess={asked('date-order') || undefined}>
            <SelectField
              label={w.dates}
              value={order}
              disabled={busy || path === null}
              onChange={(v) => again({ dateOrder: { ...r.decisions.dateOrder, ...all(dates, v) } })}
              options={(['mdy', 'dmy', 'ymd'] as const).map((value) => ({ value, label: w.orders[value] }))}
            />
          </div>
        )}
        {sign && (
          <div className={css.decision} data-guess={asked('decimal') || undefined}>
            <SelectField
              label={w.decimals}
              value={sign}
              disabled={busy || path === null}
              onChange={(v) => again({ decimal: { ...r.decisions.decimal, ...all(signs, v) } })}
              options={(['.', ','] as const).map((value) => ({ value, label: words.reading.signs[value] }))}
            />
          </div>
        )}
      </div>
      {path === null && <p className={table.unused}>{w.gone}</p>}
      <ErrorNote error={file.error} />
    </>
  );
}
