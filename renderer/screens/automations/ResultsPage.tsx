import { Button } from '@mantine/core';
import { type Out, useQuery } from '@renderer/api';
import { FunnelChart } from '@renderer/charts/FunnelChart';
import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type AutomationWords, automations as catalogue } from '@renderer/strings/automations';
import { quarterly } from '@renderer/strings/quarterly';
import { type Column, DataTable, EmptyState, Loaded, Note, Panel, Rows, StatRow, StatTile } from '@renderer/ui';
import { IconChartBar } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OverTimeSay } from '../reports/over-time/say';
import { useOverTimeSay } from '../reports/over-time/say';
import css from './automations.module.css';
import { OffDialog } from './OffDialog';
import { type One, toCents } from './say';

type Results = Out<'automations/results'>;
type Month = Results['months'][number];

/** What it brought: all its months together, whether the texts made the difference, and each month with a page of its own. */
export function ResultsPage({ a }: { a: One }) {
  const w = useWords(catalogue);
  const say = useOverTimeSay();
  const query = useQuery('automations/results', { id: a.id });
  return (
    <Loaded query={query} lines={8}>
      {(r) =>
        r.months.length === 0 ? (
          <EmptyState icon={<IconChartBar size={28} stroke={1.5} />} title={w.results.none}>
            {w.results.noneBody}
          </EmptyState>
        ) : (
          <Rows>
            {r.counting > 0 && <Note>{w.results.counting(say.n(r.counting))}</Note>}
            <Verdict r={r} a={a} words={w} />
            <Effect r={r} a={a} words={w} say={say} />
            <Tiles r={r} words={w} say={say} />
            <Funnel r={r} words={w} say={say} />
            <Kept r={r} words={w} say={say} />
            <Months r={r} words={w} say={say} />
          </Rows>
        )
      }
    </Loaded>
  );
}

interface Props {
  r: Results;
  words: AutomationWords;
  say: OverTimeSay;
}

/** Keep it, change it or switch it off, why, and the press that does it. */
function Verdict({ r, a, words: w }: Pick<Props, 'r' | 'words'> & { a: One }) {
  const t = w.results;
  const reasons = useWords(quarterly).reasons;
  const [off, setOff] = useState(false);
  return (
    <Panel
      title={t.verdicts[r.verdict]}
      tone={r.verdict === 'off' || r.verdict === 'change' ? 'warn' : 'plain'}
      action={
        r.verdict === 'change' ? (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'automations', id: a.id, part: 'edit' })}>
            {t.change}
          </Button>
        ) : r.verdict === 'off' && a.state !== 'off' ? (
          <Button size="xs" variant="default" onClick={() => setOff(true)}>
            {t.off}
          </Button>
        ) : undefined
      }
    >
      <p className={css.quiet}>
        {r.reason !== 'unknown' && `${reasons[r.reason]} `}
        {r.closed === 0 ? t.verdictNone : t.verdictOn(r.closed)}
      </p>
      {off && <OffDialog id={a.id} name={a.name} onClose={() => setOff(false)} />}
    </Panel>
  );
}

/** Of a thank-you: what was not given away to whoever comes anyway. */
function Kept({ r, words: w, say }: Props) {
  const t = w.results;
  if (r.kept === null) return null;
  const { times, discount } = r.kept;
  return (
    <Panel title={times === 0 ? t.keptNone : t.kept(say.n(times), times === 1, say.wholeMoney(discount))}>
      <p className={css.quiet}>{t.keptNote}</p>
    </Panel>
  );
}

function Effect({ r, a, words: w, say }: Props & { a: One }) {
  const t = w.results;
  const p = r.pooled;
  if (!p) {
    // that it is too early stands above
    if (!a.promised) return null;
    return (
      <Panel title={t.tillNow(say.n(r.total.came), say.n(r.total.texted))}>
        <p className={css.quiet}>{t.effectPromised}</p>
      </Panel>
    );
  }
  const h = (share: number) => say.tenth(Math.abs(100 * share));
  const { low, high } = p.effect;
  const title = low > 0 ? t.effect(h(low), h(high)) : high < 0 ? t.effectFewer(h(high), h(low)) : t.effectUnclear(h(low), h(high));
  return (
    <Panel title={title} hint={t.effectNote(p.months, say.n(p.texted), say.n(p.heldOut))}>
      <IntervalWhisker range={p.effect} show={(x) => say.tenth(100 * x)} label={title} />
    </Panel>
  );
}

function Tiles({ r, words: w, say }: Props) {
  const t = w.results.tiles;
  const { total } = r;
  const share = total.texted > 0 ? say.share(total.came / total.texted) : '–';
  return (
    <StatRow>
      <StatTile label={t.texted} value={say.n(total.texted)} />
      <StatTile label={t.came} value={say.n(total.came)} note={t.cameNote(share)} />
      <StatTile label={t.redeemed} value={say.n(total.redeemed)} note={t.redeemedNote(say.n(total.stops))} />
      <StatTile
        label={t.takings}
        value={say.wholeMoney(total.direct)}
        note={t.takingsNote(say.wholeMoney(total.direct + total.influenced))}
      />
      <StatTile label={t.cost} value={say.micros(toCents(total.cost), total.currency)} note={t.costNote} />
    </StatRow>
  );
}

function Funnel({ r, words: w, say }: Props) {
  const t = w.results;
  const { total } = r;
  const steps = (['texted', 'delivered', 'came', 'redeemed'] as const).filter((s) => s !== 'redeemed' || total.redeemed > 0);
  const share = (n: number) => (total.texted > 0 ? t.of(say.share(n / total.texted)) : '');
  return (
    <Panel>
      <FunnelChart
        title={t.funnel(say.n(total.came), say.n(total.texted))}
        bars={steps.map((s) => ({ name: t.steps[s], count: total[s], share: s === 'texted' ? '' : share(total[s]) }))}
        show={say.n}
        nothing={total.texted === 0 ? w.results.none : undefined}
        table={{ head: t.head, rows: steps.map((s) => [t.steps[s], say.n(total[s]), s === 'texted' ? '' : share(total[s])]) }}
      />
    </Panel>
  );
}

function columnsOf(w: AutomationWords, say: OverTimeSay): Column<Month>[] {
  const t = w.results.columns;
  const number = (key: string, title: string, of: (m: Month) => string, width = '100px'): Column<Month> => ({
    key,
    title,
    width,
    align: 'right',
    render: (m) => <span className="rg-num">{of(m)}</span>,
    text: of,
  });
  const month = (m: Month) => say.month(`${m.month}-01`);
  return [
    { key: 'month', title: t.month, width: 'minmax(140px, 1fr)', always: true, render: month, text: month },
    number('texted', t.texted, (m) => say.n(m.texted), '80px'),
    number('came', t.came, (m) => say.n(m.came), '90px'),
    number('redeemed', t.redeemed, (m) => say.n(m.redeemed)),
    number('held', t.held, (m) => say.n(m.heldOut)),
    number('takings', t.takings, (m) => say.wholeMoney(m.direct)),
    number('cost', t.cost, (m) => say.micros(toCents(m.cost), m.currency), '90px'),
  ];
}

function Months({ r, words: w, say }: Props) {
  const columns = useMemo(() => columnsOf(w, say), [w, say]);
  const open = (m: Month) => go({ screen: 'results', campaignId: m.id });
  return (
    <Panel
      title={w.results.months}
      padding="flush"
      action={
        r.months[0] && (
          <Button size="xs" variant="subtle" onClick={() => r.months[0] && open(r.months[0])}>
            {w.results.newest}
          </Button>
        )
      }
    >
      <DataTable
        bare
        label={w.results.months}
        columns={columns}
        rows={r.months}
        rowKey={(m) => m.id}
        onOpen={open}
        menu={(m) => [{ label: w.results.openMonth, onClick: () => open(m) }]}
      />
    </Panel>
  );
}
