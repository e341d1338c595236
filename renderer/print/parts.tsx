import type { ReactNode } from 'react';
import css from './print.module.css';

/** Pieces every printed page is made of. None of them holds state: a page is drawn once. */

/** Whose page, what it is, and of which days; what it found stands right under it. */
export function Masthead(props: { shop: string; practice: string | null; title: string; about: string; made: string }) {
  return (
    <header className={css.masthead}>
      <div className={css.shop}>
        <span>{props.shop}</span>
        {props.practice && <span className={css.practice}>{props.practice}</span>}
        <span className={css.made}>{props.made}</span>
      </div>
      <h1>{props.title}</h1>
      <p className={css.about}>{props.about}</p>
    </header>
  );
}

/** What the page says, before any table. */
export function Lead({ lines, children }: { lines: readonly string[]; children?: ReactNode }) {
  const [first, ...rest] = lines;
  return (
    <section className={css.lead}>
      {first && <p className={css.first}>{first}</p>}
      {rest.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {children}
    </section>
  );
}

/** A heading of a printed page with what stands under it. */
export function Part({ title, note, children }: { title: string; note?: string | undefined; children: ReactNode }) {
  return (
    <section className={css.part}>
      <h2>{title}</h2>
      {note && <p className={css.note}>{note}</p>}
      {children}
    </section>
  );
}

export interface FigureTable {
  head: readonly string[];
  /** First cell names the row. */
  rows: readonly (readonly string[])[];
}

/** Figures in columns: names on the left, numbers on the right. `bars`: 0–1 beside each row, for the eye. */
export function Figures({ table, bars, words = [] }: { table: FigureTable; bars?: readonly number[]; words?: readonly number[] }) {
  const kind = (i: number) => (i === 0 || words.includes(i) ? css.word : css.number);
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {table.head.map((h, i) => (
            <th key={h || 'name'} scope="col" className={kind(i)}>
              {h}
            </th>
          ))}
          {bars && <td className={css.barCell} />}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, at) => (
          <tr key={row.join('|')}>
            {row.map((cell, i) =>
              i === 0 ? (
                <th key={table.head[i]} scope="row" className={css.word}>
                  {cell}
                </th>
              ) : (
                <td key={table.head[i]} className={kind(i)}>
                  {cell}
                </td>
              ),
            )}
            {bars && (
              <td className={css.barCell} aria-hidden>
                <span className={css.bar} style={{ width: `${Math.round(Math.max(0, Math.min(1, bars[at] ?? 0)) * 100)}%` }} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How it is counted, small, at the end. */
export function Footnotes({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section className={css.footnotes}>
      <h2>{title}</h2>
      <ol>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    </section>
  );
}
