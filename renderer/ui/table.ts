import { csvCell } from '@domain/imports/cells';
import { type ReactNode, useCallback, useMemo, useState } from 'react';

export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** Plain text for copying and exporting; default what is drawn. */
  text?: (row: Row) => string;
  /** A grid track: '120px', 'minmax(0, 2fr)'. Default one equal share. */
  width?: string;
  /** The title is for screen readers and the column chooser only (columns of buttons). */
  quietTitle?: boolean;
  align?: 'right' | 'center';
  sortable?: boolean;
  /** Numbers and dates usually start with the largest. */
  firstDir?: 'asc' | 'desc';
  /** Not shown until chosen. */
  optional?: boolean;
  /** Cannot be hidden. */
  always?: boolean;
}

export interface Sort {
  key: string;
  dir: 'asc' | 'desc';
}

/** Sorted copy for lists that are in memory anyway; text by the reader's alphabet, numbers as numbers, empty last. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: Sort | undefined,
  by: Record<string, (row: Row) => string | number | null>,
): Row[] {
  const value = sort && by[sort.key];
  if (!value) return [...rows];
  const sign = sort.dir === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const x = value(a);
    const y = value(b);
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y)));
  });
}

/** What is seen, as CSV: the columns that have a `text`. */
export function tableCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cols = columns.filter((c) => c.text);
  const lines = [cols.map((c) => csvCell(c.title)), ...rows.map((r) => cols.map((c) => csvCell(c.text?.(r) ?? '')))];
  return `${lines.map((l) => l.join(',')).join('\r\n')}\r\n`;
}

const key = (name: string) => `regulars-columns-${name}`;

/** Which columns are shown; remembered on this computer under `name`. */
export function useColumns<Row>(columns: readonly Column<Row>[], name: string | undefined) {
  const [changed, setChanged] = useState<Readonly<Record<string, boolean>>>(() => {
    if (!name) return {};
    try {
      return JSON.parse(localStorage.getItem(key(name)) ?? '{}') as Record<string, boolean>;
    } catch {
      return {};
    }
  });
  const isShown = useCallback(
    (k: string) => {
      const c = columns.find((x) => x.key === k);
      return c !== undefined && (c.always || (changed[k] ?? !c.optional));
    },
    [columns, changed],
  );
  const shown = useMemo(() => columns.filter((c) => isShown(c.key)), [columns, isShown]);
  const toggle = useCallback(
    (k: string) => {
      setChanged((now) => {
        const c = columns.find((x) => x.key === k);
        const next = { ...now, [k]: !(now[k] ?? !c?.optional) };
        if (name) localStorage.setItem(key(name), JSON.stringify(next));
        return next;
      });
    },
    [columns, name],
  );
  return { shown, toggle, isShown };
}
