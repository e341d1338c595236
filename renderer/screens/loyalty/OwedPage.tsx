import { Button } from '@mantine/core';
import { type Out, useQuery } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { plainMoney } from '@renderer/print/csv';
import { SaveTable } from '@renderer/print/SaveTable';
import { useSheet } from '@renderer/screens/privacy/EvidenceScreen';
import { type Say, useSay } from '@renderer/screens/reports/format';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue, type LoyaltyWords } from '@renderer/strings/loyalty';
import { Loaded, Note, Panel, Rows, Screen, Sheet, StatRow, StatTile } from '@renderer/ui';
import { IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './loyalty.module.css';

type Report = Out<'loyalty/report'>;

/** What people have earned and not used, at what it would cost; as a file and on paper. */
export function OwedPage() {
  const w = useWords(catalogue);
  const r = w.report;
  const say = useSay();
  const query = useQuery('loyalty/report', {});
  const sheet = useSheet(`${r.file(query.data?.asOf ?? '')}.pdf`, r.saved);
  return (
    <Screen
      title={r.title}
      subtitle={query.data ? r.subtitle(say.day(query.data.asOf)) : '\u00a0'}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'loyalty' })) }}
      primary={
        <Button leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />} onClick={sheet.print} disabled={!query.data}>
          {r.print}
        </Button>
      }
      actions={
        <Button variant="default" onClick={sheet.save} disabled={!query.data}>
          {r.pdf}
        </Button>
      }
    >
      <Loaded query={query} lines={10}>
        {(d) => (
          <>
            <OnScreen d={d} w={w} say={say} />
            <div className={css.onlyPaper}>
              <Sheet label={r.title}>
                <Paper d={d} w={w} say={say} />
              </Sheet>
            </div>
          </>
        )}
      </Loaded>
    </Screen>
  );
}

const worth = (cents: number | null, w: LoyaltyWords, say: Say): string => (cents === null ? w.report.unknown : say.wholeMoney(cents));
type Cells = readonly (readonly string[])[];

const monthCells = (d: Report, say: Say): Cells =>
  d.months.map((m) => [say.month(`${m.month}-01`), ...[m.earned, m.used, m.takenBack, m.expired, m.byHand].map(say.n)]);
const rewardCells = (d: Report, w: LoyaltyWords, say: Say): Cells =>
  d.rewards.map((x) => [x.name, say.n(x.cost), x.costs === null ? w.report.unknown : say.cents(x.costs), say.n(x.given), say.n(x.used)]);
const handCells = (d: Report, say: Say): Cells => d.byHand.map((h) => [h.name || '–', say.n(h.times), say.n(h.points)]);
const lapseCells = (d: Report, say: Say): Cells => d.expiring.map((e) => [say.month(`${e.month}-01`), say.n(e.points)]);

function OnScreen({ d, w, say }: { d: Report; w: LoyaltyWords; say: Say }) {
  const r = w.report;
  const file = (part: string) => `${r.file(d.asOf)}-${part}.csv`;
  return (
    <Rows>
      <StatRow>
        <StatTile label={r.tiles.points[d.kind]} value={say.n(d.points)} note={r.tiles.pointsNote(say.n(d.people))} />
        <StatTile label={r.tiles.worst} value={worth(d.pointsCost, w, say)} note={r.tiles.worstNote} />
        <StatTile
          label={r.tiles.ready}
          value={say.n(d.ready)}
          note={d.readyCost === null ? undefined : r.tiles.readyNote(say.wholeMoney(d.readyCost))}
        />
        <StatTile
          label={r.tiles.codes}
          value={say.n(d.codes.out)}
          note={d.codes.cost === null ? undefined : r.tiles.codesNote(say.wholeMoney(d.codes.cost))}
        />
      </StatRow>
      {d.ended !== null && <Note>{r.ended(say.day(d.ended))}</Note>}
      {d.belowZero.people > 0 && (
        <Note tone="warn">{r.below(say.n(d.belowZero.people), d.belowZero.people === 1, say.n(-d.belowZero.points))}</Note>
      )}
      {d.unconfirmed > 0 && <Note>{r.unconfirmed(w.some(say.n(d.unconfirmed), d.unconfirmed === 1, d.kind))}</Note>}
      <Panel
        title={r.months}
        hint={r.monthsHint}
        action={
          d.months.length > 0 && (
            <SaveTable
              name={file('months')}
              head={r.monthColumns}
              rows={d.months.map((m) => [m.month, ...[m.earned, m.used, m.takenBack, m.expired, m.byHand].map(String)])}
            />
          )
        }
      >
        {d.months.length === 0 ? <p className={css.quiet}>{r.none}</p> : <Table head={r.monthColumns} rows={monthCells(d, say)} />}
      </Panel>
      <Panel
        title={r.rewards}
        action={
          d.rewards.length > 0 && (
            <SaveTable
              name={file('rewards')}
              head={r.rewardColumns}
              rows={d.rewards.map((x) => [
                x.name,
                String(x.cost),
                x.costs === null ? '' : plainMoney(x.costs, d.currency),
                String(x.given),
                String(x.used),
              ])}
            />
          )
        }
      >
        <Table head={r.rewardColumns} rows={rewardCells(d, w, say)} />
      </Panel>
      <Panel title={r.expiring}>
        {d.expiring.length === 0 ? (
          <p className={css.quiet}>{r.noExpiring}</p>
        ) : (
          <Table head={r.expiringColumns} rows={lapseCells(d, say)} />
        )}
      </Panel>
      <Panel title={r.byHand}>
        {d.byHand.length === 0 ? <p className={css.quiet}>{r.noByHand}</p> : <Table head={r.byHandColumns} rows={handCells(d, say)} />}
      </Panel>
      <Panel title={r.how}>
        <ul className={css.promise}>
          {r.howLines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Panel>
    </Rows>
  );
}

function Table({ head, rows }: { head: readonly string[]; rows: Cells }): ReactNode {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {head.map((h) => (
            <th key={h} scope="col">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, i) =>
              i === 0 ? (
                <th key={head[i]} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={head[i]}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Paper({ d, w, say }: { d: Report; w: LoyaltyWords; say: Say }) {
  const r = w.report;
  return (
    <article className={css.paper}>
      <h2>{r.title}</h2>
      <p>{r.subtitle(say.day(d.asOf))}</p>
      <dl>
        <dt>{r.tiles.points[d.kind]}</dt>
        <dd>
          {say.n(d.points)}, {r.tiles.pointsNote(say.n(d.people))}
        </dd>
        <dt>{r.tiles.worst}</dt>
        <dd>{worth(d.pointsCost, w, say)}</dd>
        <dt>{r.tiles.ready}</dt>
        <dd>
          {say.n(d.ready)}
          {d.readyCost !== null && `, ${r.tiles.readyNote(say.wholeMoney(d.readyCost))}`}
        </dd>
        <dt>{r.tiles.codes}</dt>
        <dd>{say.n(d.codes.out)}</dd>
      </dl>
      <h3>{r.months}</h3>
      <Table head={r.monthColumns} rows={monthCells(d, say)} />
      <h3>{r.rewards}</h3>
      <Table head={r.rewardColumns} rows={rewardCells(d, w, say)} />
      {d.expiring.length > 0 && (
        <>
          <h3>{r.expiring}</h3>
          <Table head={r.expiringColumns} rows={lapseCells(d, say)} />
        </>
      )}
    </article>
  );
}
