import type { ShopDay } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useShell } from '@renderer/api';
import { plainMoney } from '@renderer/print/csv';
import { SaveTable } from '@renderer/print/SaveTable';
import type { TillCheckWords } from '@renderer/strings/till-check';
import { Columns, Panel } from '@renderer/ui';
import { useState } from 'react';
import type { Say } from '../reports/format';
import type { Only } from './TillReceipts';
import css from './till-check.module.css';

type Report = Out<'till-check/report'>;
type Group = Report['clerks'][number];
const FEW_DAYS = 7;

interface Props {
  report: Report;
  w: TillCheckWords;
  say: Say;
  onOnly: (only: Only) => void;
}

/** The same sums by clerk, register and day. */
export function TillGroups({ report: r, w, say, onOnly }: Props) {
  const [all, setAll] = useState(false);
  const days = r.days.filter((d) => d.till > 0);
  const { currency } = useShell().shop;
  const file = (name: string, list: readonly Group[]) => (
    <SaveTable
      name={`till-check-${name}.csv`}
      head={w.groups.head.map((h, i) => (i === 0 ? w.groups.name : h))}
      rows={list.map((g) => [
        g.name,
        String(g.till),
        String(g.till - g.tillOnly - g.returned),
        String(g.tillOnly),
        plainMoney(g.tillOnlyDiscount, currency),
      ])}
    />
  );
  const told = (list: readonly Group[]) => list.some((g) => g.name !== '');
  return (
    <Columns min={560}>
      {told(r.clerks) && (
        <Panel title={w.groups.clerks} hint={w.groups.hint} action={file('clerks', r.clerks)}>
          <Sums rows={r.clerks} name={(g) => g.name || w.noClerk} onOpen={(g) => onOnly({ clerk: g.name })} w={w} say={say} />
        </Panel>
      )}
      {told(r.registers) && r.registers.length > 1 && (
        <Panel title={w.groups.registers} action={file('registers', r.registers)}>
          <Sums rows={r.registers} name={(g) => g.name || w.noRegister} onOpen={(g) => onOnly({ register: g.name })} w={w} say={say} />
        </Panel>
      )}
      <Panel title={w.groups.days} action={file('days', days)}>
        <Sums
          rows={all ? days : days.slice(0, FEW_DAYS)}
          name={(g) => say.day(g.name)}
          onOpen={(g) => onOnly({ day: g.name as ShopDay })}
          w={w}
          say={say}
        />
        {!all && days.length > FEW_DAYS && (
          <div className={`${css.more} ${css.noPaper}`}>
            <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
              {w.groups.daysAll(say.n(days.length))}
            </Button>
          </div>
        )}
      </Panel>
    </Columns>
  );
}

interface SumsProps {
  rows: readonly Group[];
  name: (g: Group) => string;
  /** Shows the receipts of that line. */
  onOpen: (g: Group) => void;
  w: TillCheckWords;
  say: Say;
}

function Sums({ rows, name, onOpen, w, say }: SumsProps) {
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {w.groups.head.map((h, i) => (
              <th key={h} scope="col" className={i === 0 ? undefined : css.num}>
                {i === 0 ? <span className="rg-hidden">{w.groups.days}</span> : h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((g) => (
            <tr key={g.name}>
              <th scope="row">
                <button type="button" className={css.link} onClick={() => onOpen(g)}>
                  {name(g)}
                </button>
              </th>
              <td className={css.num}>{say.n(g.till)}</td>
              <td className={css.num}>{say.n(g.till - g.tillOnly - g.returned)}</td>
              <td className={css.num}>{say.n(g.tillOnly)}</td>
              <td className={css.num}>{g.tillOnly === 0 ? '' : say.cents(g.tillOnlyDiscount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
