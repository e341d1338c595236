import { Button } from '@mantine/core';
import { type Out, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { matchRate as catalogue, type MatchWords } from '@renderer/strings/links';
import { EmptyState, ErrorNote, Panel, SkeletonLines, useDelayed, When } from '@renderer/ui';
import { count, dayText } from '@renderer/ui/format';
import { IconUserQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import css from './match.module.css';

type Rate = Out<'links/match-rate'>;
type Row = Rate['rows'][number];

const WEEKS = 13;
const ENOUGH = 20;
/** To-dos shown before somebody asks for all. */
const FIRST = 5;
const share = (s: { sales: number; matched: number }): number => (s.sales === 0 ? 0 : s.matched / s.sales);

/** On how many sales the customer is known, per till, register and clerk, with what would raise it; and what can be tied now. */
export function MatchRate() {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const rate = useQuery('links/match-rate', { weeks: WEEKS });
  const todo = useQuery('links/candidates', {});
  const grey = useDelayed(rate.loading);
  const percent = (n: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(n);
  const r = rate.data;
  if (!r) {
    if (rate.error) return <ErrorNote error={rate.error} onRetry={rate.refetch} />;
    return grey ? (
      <Panel title={w.title}>
        <SkeletonLines lines={4} />
      </Panel>
    ) : null;
  }
  if (r.sales === 0 || r.firstDay === null || r.lastDay === null) {
    return (
      <Panel title={w.title}>
        <EmptyState compact icon={<IconUserQuestion size={24} stroke={1.6} />} title={w.none}>
          {w.noneBody}
        </EmptyState>
      </Panel>
    );
  }
  const now = Date.now();
  const advised = r.rows.some((x) => x.advice || x.sales < ENOUGH);
  return (
    <Panel title={w.finding(percent(share(r)))}>
      <p className={css.quiet}>
        {w.span(dayText(r.firstDay, locale, now), dayText(r.lastDay, locale, now))} ·{' '}
        {w.of(count(r.matched, locale), count(r.sales, locale))}. {w.body}
      </p>
      {todo.data && <Todo todo={todo.data} words={w} />}
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{w.columns.who}</th>
              <th scope="col" className={css.number}>
                {w.columns.share}
              </th>
              <th scope="col">{w.columns.weeks}</th>
              {advised && <th scope="col">{w.columns.next}</th>}
            </tr>
          </thead>
          {(['source', 'register', 'staff'] as const).map((group) => {
            const rows = r.rows.filter((x) => x.group === group);
            return (
              rows.length > 0 && (
                <tbody key={group}>
                  {rows.map((row, i) => (
                    <tr key={row.name}>
                      <th scope="row">
                        {i === 0 && <span className={css.group}>{w.groups[group]}</span>}
                        {row.name}
                      </th>
                      <td className={css.number}>
                        <strong>{percent(share(row))}</strong>
                        <span className={css.of}>{w.of(count(row.matched, locale), count(row.sales, locale))}</span>
                      </td>
                      <td>
                        <Weeks row={row} weeks={r.weeks} words={w} />
                      </td>
                      {advised && (
                        <td className={css.next} data-kind={row.advice?.kind}>
                          {row.sales < ENOUGH ? <span className={css.quiet}>{w.few}</span> : <Advice row={row} words={w} />}
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              )
            );
          })}
        </table>
      </div>
    </Panel>
  );
}

/** One small bar per week: its height is all sales beside the busiest week, its filled part those with a name. */
function Weeks({ row, weeks, words: w }: { row: Row; weeks: Rate['weeks']; words: MatchWords }) {
  const { locale } = useShell();
  const most = Math.max(1, ...row.weeks.map((x) => x.sales));
  const now = Date.now();
  const said = row.weeks.map((x, i) => {
    const week = dayText(weeks[i]?.week ?? '', locale, now);
    return x.sales === 0 ? w.noSales(week) : w.bar(week, count(x.matched, locale), count(x.sales, locale));
  });
  return (
    <ul className={css.weeks}>
      {row.weeks.map((x, i) => (
        <li key={weeks[i]?.week} title={said[i]}>
          <span className="rg-hidden">{said[i]}</span>
          <span className={css.bar} style={{ height: `${Math.round((x.sales / most) * 100)}%` }} aria-hidden>
            <span style={{ height: `${Math.round(share(x) * 100)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Advice({ row, words: w }: { row: Row; words: MatchWords }) {
  const { locale } = useShell();
  const { advice } = row;
  if (!advice) return null;
  const inHundred = (n: number) => count(Math.round(n * 100), locale);
  switch (advice.kind) {
    case 'ask': {
      const say = row.group === 'staff' ? w.advice.askStaff : w.advice.askRegister;
      return <>{say(row.name, inHundred(share(row)), inHundred(advice.others))}</>;
    }
    case 'tie':
      return <>{w.advice.tie(count(advice.named, locale))}</>;
    case 'best':
    case 'no-customers':
      return <>{w.advice[advice.kind]}</>;
  }
}

/** What can be tied in a click or two; each leads to its person. */
function Todo({ todo, words: w }: { todo: Out<'links/candidates'>; words: MatchWords }) {
  const { locale } = useShell();
  const [all, setAll] = useState(false);
  const n = todo.todo.length;
  if (n === 0 && todo.waiting === 0) return null;
  const t = w.todo;
  return (
    <div className={css.todo}>
      <h3>{n > 0 ? t.title(count(n, locale), n === 1) : t.none}</h3>
      {todo.waiting > 0 && <p className={css.quiet}>{t.waiting(count(todo.waiting, locale), todo.waiting === 1)}</p>}
      <ul>
        {(all ? todo.todo : todo.todo.slice(0, FIRST)).map((x) => (
          <li key={`${x.kind} ${x.customerId} ${x.at}`}>
            <div>
              <strong>{x.name || t.unnamed}</strong> ·{' '}
              {x.kind === 'receipt' ? t.receipt(x.receiptNo ?? '') : t[x.kind](count(x.choices, locale), x.choices === 1)}
              <span className={css.of}>
                <When at={x.at} />
              </span>
            </div>
            <Button size="xs" variant="default" onClick={() => go({ screen: 'customers', id: x.customerId })}>
              {t.look}
            </Button>
          </li>
        ))}
      </ul>
      {n > FIRST && !all && (
        <Button size="xs" variant="default" className={css.all ?? ''} onClick={() => setAll(true)}>
          {t.all(count(n, locale))}
        </Button>
      )}
      {all && todo.more && <p className={css.quiet}>{t.more}</p>}
    </div>
  );
}
