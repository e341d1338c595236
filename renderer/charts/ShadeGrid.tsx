import { type ReactNode, useId, useRef } from 'react';
import css from './charts.module.css';
import grid from './grid.module.css';
import { ShareChart } from './ShareChart';

export interface ShadeCell {
  /** What stands in it; the shade only says it again. */
  text: string;
  /** 0 (nothing) to 1 (the most); decides the shade. */
  weight: number;
  /** All of it in words: the tooltip, and what is read aloud. */
  says: string;
  /** Marked as not final yet. */
  open?: boolean;
}

const STEPS = 5;
/** With more columns than this figures are set smaller, so that they fit the smallest window. */
const MANY = 14;
/** Nothing has no shade, anything at all has one. */
export const shadeOf = (weight: number): number => (weight <= 0 ? 0 : Math.max(1, Math.min(STEPS, Math.ceil(weight * STEPS))));

/**
 * A grid of figures with shades: a table from the start, so that it is the same thing for the eye, the ear and grey paper. A cell can be
 * pressed where `onPick` is given; `null` = there cannot be anything.
 */
export function ShadeGrid(props: {
  title: ReactNode;
  note?: ReactNode;
  /** What the rows are; the corner of the table. */
  corner: string;
  columns: readonly string[];
  rows: readonly {
    name: string /** Beside the name: a figure of the whole row. */;
    detail?: string;
    cells: readonly (ShadeCell | null)[];
  }[];
  detailHead?: string;
  /** Under and beside the grid: which way is what. */
  foot?: ReactNode;
  picked?: { row: number; column: number } | null;
  onPick?: (row: number, column: number) => void;
  nothing?: ReactNode;
}) {
  const id = useId();
  const figure = useRef<HTMLElement>(null);
  const { onPick, picked } = props;
  const detailed = props.detailHead !== undefined;
  const table = {
    head: [props.corner, ...(props.detailHead === undefined ? [] : [props.detailHead]), ...props.columns],
    rows: props.rows.map((r) => [r.name, ...(detailed ? [r.detail ?? ''] : []), ...r.cells.map((c) => c?.text ?? '')]),
  };
  const cell = (c: ShadeCell | null, row: number, column: number) => {
    if (c === null) return <td key={props.columns[column]} className={grid.none} />;
    const chosen = picked?.row === row && picked.column === column;
    return (
      <td
        key={props.columns[column]}
        className={grid.cell}
        data-shade={shadeOf(c.weight)}
        data-open={c.open || undefined}
        data-chosen={chosen || undefined}
      >
        {onPick && c.weight > 0 ? (
          <button
            type="button"
            className={grid.pick}
            aria-pressed={chosen}
            aria-label={c.says}
            title={c.says}
            onClick={() => onPick(row, column)}
          >
            {c.text}
          </button>
        ) : (
          <span className={grid.figure} title={c.says}>
            {c.text}
          </span>
        )}
      </td>
    );
  };
  return (
    <figure ref={figure} className={css.figure} aria-labelledby={id}>
      <div className={css.head}>
        <figcaption>
          <div id={id} className={css.finding}>
            {props.title}
          </div>
          {props.note && <div className={css.note}>{props.note}</div>}
        </figcaption>
        {!props.nothing && (
          <div className={css.tools} data-not-pictured>
            <ShareChart figure={figure} table={table} />
          </div>
        )}
      </div>
      {props.nothing ? (
        <div className={css.nothing}>{props.nothing}</div>
      ) : (
        <div className={grid.scroll}>
          <table className={grid.table} aria-labelledby={id} data-many={props.columns.length > MANY || undefined}>
            <thead>
              <tr>
                <th scope="col" className={grid.corner}>
                  {props.corner}
                </th>
                {detailed && (
                  <th scope="col" className={grid.detail}>
                    {props.detailHead}
                  </th>
                )}
                {props.columns.map((c) => (
                  <th key={c} scope="col">
                    {c}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.rows.map((r, i) => (
                <tr key={r.name}>
                  <th scope="row">{r.name}</th>
                  {detailed && <td className={grid.detail}>{r.detail ?? ''}</td>}
                  {r.cells.map((c, j) => cell(c, i, j))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!props.nothing && props.foot && <p className={css.note}>{props.foot}</p>}
    </figure>
  );
}
