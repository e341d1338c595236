import { usePages } from '@renderer/api/usePages';
import { type Column, DataTable, sortRows, tableCsv } from '@renderer/ui';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { draw } from '../support/render';

interface Row {
  id: number;
  name: string;
}
const columns: Column<Row>[] = [
  { key: 'name', title: 'Name', render: (r) => r.name, text: (r) => r.name, sortable: true },
  { key: 'id', title: 'Number', render: (r) => r.id, text: (r) => String(r.id), optional: true },
];
const rows = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `Person ${id}` }));

it('shows 100,000 rows by drawing a window of them', () => {
  const started = performance.now();
  draw(<DataTable label="People" columns={columns} rows={rows} rowKey={(r) => r.id} />);
  expect(performance.now() - started).toBeLessThan(1500);
  const grid = screen.getByRole('grid', { name: 'People' });
  expect(grid.getAttribute('aria-rowcount')).toBe('100001');
  expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
  expect(screen.getByText('Person 0')).toBeTruthy();
});

it('walks rows with the keys and opens with Enter', () => {
  const open = vi.fn();
  draw(<DataTable label="People" columns={columns} rows={rows.slice(0, 30)} rowKey={(r) => r.id} onOpen={open} />);
  const grid = screen.getByRole('grid');
  grid.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) fireEvent.keyDown(grid, { key });
  expect(open).toHaveBeenLastCalledWith(rows[2]);
  fireEvent.keyDown(grid, { key: 'End' });
  fireEvent.keyDown(grid, { key: 'Enter' });
  expect(open).toHaveBeenLastCalledWith(rows[29]);
  const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
  expect(active === null || active.textContent?.includes('Person 29')).toBe(true);
});

it('copies the chosen cell', async () => {
  const bridge = draw(<DataTable label="People" columns={columns} rows={rows.slice(0, 3)} rowKey={(r) => r.id} />, {
    'shell/copy': { done: true },
  });
  const grid = screen.getByRole('grid');
  for (const key of ['ArrowDown', 'ArrowRight']) fireEvent.keyDown(grid, { key });
  fireEvent.keyDown(grid, { key: 'c', ctrlKey: true });
  await waitFor(() => expect(bridge.calls).toEqual([{ channel: 'shell/copy', input: { text: 'Person 1' } }]));
});

it('asks for the other direction when sorted by the same column again', () => {
  const onSort = vi.fn();
  draw(
    <DataTable
      label="P"
      columns={columns}
      rows={rows.slice(0, 3)}
      rowKey={(r) => r.id}
      sort={{ key: 'name', dir: 'asc' }}
      onSort={onSort}
    />,
  );
  expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBe('ascending');
  fireEvent.click(screen.getByRole('button', { name: /Name/ }));
  expect(onSort).toHaveBeenCalledWith({ key: 'name', dir: 'desc' });
});

it('chooses columns and remembers them', () => {
  draw(<DataTable label="P" name="test" columns={columns} rows={rows.slice(0, 3)} rowKey={(r) => r.id} />);
  expect(screen.getAllByRole('columnheader')).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
  fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Number' }));
  expect(screen.getAllByRole('columnheader')).toHaveLength(2);
  expect(localStorage.getItem('regulars-columns-test')).toBe('{"id":true}');
});

it('fetches only the pages that are seen', async () => {
  const asked: number[] = [];
  function Paged() {
    const pages = usePages(
      'all',
      async ({ offset, limit }) => {
        asked.push(offset);
        return { total: rows.length, rows: rows.slice(offset, offset + limit) };
      },
      [],
    );
    return <DataTable label="Paged" columns={columns} pages={pages} rowKey={(r) => r.id} height={600} />;
  }
  draw(<Paged />);
  await screen.findByText('Person 0');
  expect(asked).toEqual([0]);
});

it('sorts with empty values last and exports what a spreadsheet cannot run', () => {
  const list = [
    { id: 1, name: '=1+1' },
    { id: 2, name: 'a "b", c' },
  ];
  expect(tableCsv(columns, list)).toBe('Name,Number\r\n\'=1+1,1\r\n"a ""b"", c",2\r\n');
  const by = { n: (r: { n: number | null }) => r.n };
  expect(sortRows([{ n: null }, { n: 2 }, { n: 10 }], { key: 'n', dir: 'desc' }, by).map((r) => r.n)).toEqual([10, 2, null]);
});
