import { call } from '@renderer/api/client';
import type { PagedRows } from '@renderer/api/usePages';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { ContextMenu, type MenuEntry } from './ContextMenu';
import { count } from './format';
import { ErrorNote, useDelayed } from './States';
import { type Column, type Sort, useColumns } from './table';
import css from './table.module.css';
import { toast } from './toast';

export interface DataTableProps<Row> {
  /** What the rows are; read out by screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** Either all rows … */
  rows?: readonly Row[] | undefined;
  /** … or pages fetched while scrolling (usePages). */
  pages?: PagedRows<Row>;
  rowKey: (row: Row) => string | number;
  /** Click or Enter. */
  onOpen?: (row: Row) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Shown instead of the table when there is nothing. */
  empty?: ReactNode;
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  /** Height in px, or 'fill' to take the parent's. Default: as tall as its rows, at most 560. */
  height?: number | 'fill';
  rowHeight?: number;
  /** Remembers which columns are shown, under this name; also shows the column chooser. */
  name?: string;
  /** Inside a flush Panel: no frame of its own. */
  bare?: boolean;
  /** Right click, or Shift+F10 on a row. */
  menu?: (row: Row) => readonly MenuEntry[];
  /** Draws a row's words muted (used, expired, erased). */
  quiet?: (row: Row) => boolean;
}

const HEADER = 40;
const MAX_AUTO = 560;
const OVERSCAN = 8;
/** Stand-in where nothing is laid out (hidden panes, tests). */
const UNSEEN = { width: 1000, height: 600 };
/** A table whose rows are walked with the keys is a grid to assistive technology. */
const gridProps = (activeRow: string | undefined) => ({ role: 'grid', tabIndex: 0, 'aria-activedescendant': activeRow }) as const;
const GREY_ROWS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Clicks are heard once, on the grid: which row was it? */
const rowOf = (target: EventTarget): number | undefined => {
  const i = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]')?.dataset['index'] : undefined;
  return i === undefined ? undefined : Number(i);
};
/** A button or link inside a row does its own thing, not the row's. */
const ownClick = (target: EventTarget): boolean => target instanceof Element && target.closest('button, a, input, label') !== null;

/** A table that stays quick with 100,000 rows: virtualised, sticky header, sort, keyboard rows, copy cell, column chooser. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, pages, rowKey, onOpen, sort, onSort, rowHeight = 44 } = props;
  const w = useWords(words);
  const { locale } = useShell();
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const { shown, toggle, isShown } = useColumns(props.columns, props.name);
  const total = pages ? pages.total : rows?.length;
  const rowAt = (i: number): Row | undefined => (pages ? pages.rowAt(i) : rows?.[i]);
  const [active, setActive] = useState({ row: 0, column: -1 });
  const [menu, setMenu] = useState<{ x: number; y: number; entries: readonly MenuEntry[] }>();
  const waiting = total === undefined && (props.loading ?? pages?.loading ?? true);
  const greyDue = useDelayed(waiting);
  const error = props.error ?? pages?.error;
  const n = total ?? 0;

  const virtual = useVirtualizer({
    count: n,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
    initialRect: UNSEEN,
    observeElementRect: (instance, cb) => observeElementRect(instance, (r) => cb(r.height > 0 ? r : UNSEEN)),
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const onRange = pages?.onRange;
  useEffect(() => {
    if (n > 0) onRange?.(first, last);
  }, [onRange, first, last, n]);
  useEffect(() => {
    if (active.row >= n && n > 0) setActive((a) => ({ ...a, row: n - 1 }));
  }, [active.row, n]);

  const template = useMemo(() => shown.map((c) => c.width ?? 'minmax(0, 1fr)').join(' '), [shown]);

  const move = (to: number) => {
    const row = Math.max(0, Math.min(n - 1, to));
    setActive((a) => ({ ...a, row }));
    virtual.scrollToIndex(row, { align: 'auto' });
  };
  const copy = () => {
    const row = rowAt(active.row);
    if (row === undefined) return;
    const cells = active.column < 0 ? shown : shown.slice(active.column, active.column + 1);
    const text = cells
      .map((c) => c.text?.(row) ?? document.getElementById(`${gridId}-${active.row}-${c.key}`)?.textContent ?? '')
      .join('\t');
    call('shell/copy', { text }).then(
      () => toast({ title: w.table.copiedCell }),
      () => undefined,
    );
  };
  const openMenu = (row: Row, x: number, y: number) => {
    const entries = props.menu?.(row) ?? [];
    if (entries.length > 0) setMenu({ x, y, entries });
  };
  const onKeyDown = (e: KeyboardEvent<HTMLTableElement>) => {
    if (e.target !== e.currentTarget) return; // a sort button has its own keys
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight || UNSEEN.height) - HEADER) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: active.row + 1,
      ArrowUp: active.row - 1,
      PageDown: active.row + page,
      PageUp: active.row - page,
      Home: 0,
      End: n - 1,
    };
    const to = steps[e.key];
    if (to !== undefined) move(to);
    else if (e.key === 'ArrowRight') setActive((a) => ({ ...a, column: Math.min(shown.length - 1, a.column + 1) }));
    else if (e.key === 'ArrowLeft') setActive((a) => ({ ...a, column: Math.max(-1, a.column - 1) }));
    else if ((e.key === 'c' || e.key === 'C') && (e.ctrlKey || e.metaKey) && window.getSelection()?.isCollapsed !== false) copy();
    else if (e.key === 'Enter') {
      const row = rowAt(active.row);
      if (row !== undefined) onOpen?.(row);
    } else if (e.key === 'ContextMenu' || (e.key === 'F10' && e.shiftKey)) {
      const row = rowAt(active.row);
      const at = document.getElementById(`${gridId}-row-${active.row}`)?.getBoundingClientRect();
      if (row !== undefined) openMenu(row, (at?.left ?? 0) + 24, at?.bottom ?? 0);
    } else return;
    e.preventDefault();
  };

  if (error !== undefined && total === undefined) return <ErrorNote error={error} onRetry={props.onRetry ?? pages?.refetch} />;
  if (total === 0 && props.empty)
    return (
      <div className={css.frame} data-bare={props.bare || undefined}>
        {props.empty}
      </div>
    );

  const size: React.CSSProperties =
    props.height === 'fill' ? { height: '100%' } : props.height ? { height: props.height } : { maxHeight: MAX_AUTO };
  return (
    <div className={css.frame} data-fill={props.height === 'fill' || undefined} data-bare={props.bare || undefined}>
      {error !== undefined && <ErrorNote error={error} onRetry={props.onRetry ?? pages?.refetch} />}
      <div ref={scroller} className={css.scroller} style={size}>
        <table
          ref={table}
          {...gridProps(n > 0 ? `${gridId}-row-${active.row}` : undefined)}
          aria-label={props.label}
          aria-rowcount={n + 1}
          aria-colcount={shown.length}
          aria-busy={waiting || undefined}
          className={css.grid}
          style={{ '--columns': template } as React.CSSProperties}
          onKeyDown={onKeyDown}
          onClick={(e) => {
            const i = rowOf(e.target);
            const row = i === undefined ? undefined : rowAt(i);
            if (i === undefined || row === undefined) return;
            setActive({ row: i, column: -1 });
            if (!ownClick(e.target) && window.getSelection()?.isCollapsed !== false) onOpen?.(row);
          }}
          onContextMenu={(e) => {
            const i = rowOf(e.target);
            const row = i === undefined ? undefined : rowAt(i);
            if (i === undefined || row === undefined || !props.menu) return;
            e.preventDefault();
            setActive({ row: i, column: -1 });
            openMenu(row, e.clientX, e.clientY);
          }}
          data-openable={onOpen ? true : undefined}
        >
          <HeaderRow columns={shown} sort={sort} onSort={onSort} />
          <tbody className={css.body} style={{ height: waiting ? GREY_ROWS.length * rowHeight : virtual.getTotalSize() }}>
            {waiting &&
              greyDue &&
              GREY_ROWS.map((k) => (
                <tr key={k} className={css.wait} style={{ height: rowHeight }}>
                  <td>
                    <span />
                  </td>
                </tr>
              ))}
            {items.map((item) => {
              const row = rowAt(item.index);
              const on = item.index === active.row;
              return (
                <tr
                  key={row === undefined ? `wait-${item.index}` : rowKey(row)}
                  id={`${gridId}-row-${item.index}`}
                  aria-rowindex={item.index + 2}
                  data-index={item.index}
                  className={css.row}
                  data-active={on || undefined}
                  data-quiet={(row !== undefined && props.quiet?.(row)) || undefined}
                  style={{ height: rowHeight, transform: `translateY(${item.start - HEADER}px)` }}
                >
                  {shown.map((c, ci) => (
                    <td
                      key={c.key}
                      id={`${gridId}-${item.index}-${c.key}`}
                      className={css.cell}
                      data-align={c.align}
                      data-active={(on && active.column === ci) || undefined}
                    >
                      {row === undefined ? <span className={css.grey} /> : c.render(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {props.name !== undefined && total !== undefined && (
        <footer className={css.foot}>
          <span className="rg-num">{w.table.rows(count(n, locale))}</span>
          <button
            type="button"
            className={css.chooser}
            onClick={(e) => {
              const at = e.currentTarget.getBoundingClientRect();
              setMenu({
                x: at.left,
                y: at.top - 8,
                entries: props.columns
                  .filter((c) => !c.always)
                  .map((c) => ({ label: c.title, checked: isShown(c.key), keepOpen: true, onClick: () => toggle(c.key) })),
              });
            }}
          >
            <IconColumns3 size={16} stroke={1.75} aria-hidden /> {w.table.columns}
          </button>
        </footer>
      )}
      {menu && (
        <ContextMenu
          {...menu}
          entries={menu.entries.map((m) =>
            m.checked === undefined ? m : { ...m, checked: isShown(props.columns.find((c) => c.title === m.label)?.key ?? '') },
          )}
          onClose={() => {
            setMenu(undefined);
            table.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </div>
  );
}

function HeaderRow<Row>({
  columns,
  sort,
  onSort,
}: {
  columns: readonly Column<Row>[];
  sort: Sort | undefined;
  onSort: ((s: Sort) => void) | undefined;
}) {
  const w = useWords(words);
  return (
    <thead className={css.header}>
      <tr aria-rowindex={1} className={css.headRow}>
        {columns.map((c) => {
          const dir = sort?.key === c.key ? sort.dir : undefined;
          return (
            <th
              key={c.key}
              scope="col"
              className={css.headCell}
              data-align={c.align}
              aria-sort={dir === 'asc' ? 'ascending' : dir === 'desc' ? 'descending' : undefined}
            >
              {c.sortable && onSort ? (
                <button
                  type="button"
                  className={css.sort}
                  onClick={() => onSort({ key: c.key, dir: dir ? (dir === 'asc' ? 'desc' : 'asc') : (c.firstDir ?? 'asc') })}
                >
                  {c.title}
                  {dir && <span className="rg-hidden">, {dir === 'asc' ? w.table.sortedUp : w.table.sortedDown}</span>}
                  {dir === 'asc' && <IconArrowUp size={14} aria-hidden />}
                  {dir === 'desc' && <IconArrowDown size={14} aria-hidden />}
                </button>
              ) : c.quietTitle ? (
                <span className="rg-hidden">{c.title}</span>
              ) : (
                c.title
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
