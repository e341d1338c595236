import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useQuery, useShell } from '@renderer/api';
import { RangeBar } from '@renderer/charts/RangeBar';
import { go } from '@renderer/nav';
import { unitColumns } from '@renderer/print/csv';
import { useWords } from '@renderer/strings';
import { type CampaignResultWords, campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import { reports } from '@renderer/strings/reports';
import { type Column, EmptyState, HowCounted, Loaded, Panel, Rows, Screen, SelectField, tableCsv } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import { IconArrowsExchange, IconScale } from '@tabler/icons-react';
import { Export, OfShop, saveCsv, savePdf } from '../Export';
import type { Say } from '../format';
import { type Line, verdictText } from './AllCampaigns';
import { scaleOf } from './apart';
import { Counted } from './Counted';
import css from './campaign.module.css';

type Pair = Out<'reports/compare'>;
type Side = 'a' | 'b';
const SHARES = ['came', 'redeemed', 'stopped'] as const;

const idOf = (s: string | undefined): CampaignId | null => (s !== undefined && /^\d+$/.test(s) ? (Number(s) as CampaignId) : null);

/** Two campaigns beside each other: what happened after each, how far apart, and what that does not say. */
export function ComparePage({ pair, say }: { pair: string; say: Say }) {
  const all = useWords(campaignResults);
  const w = all.compare;
  const r = useWords(reports);
  const { shop } = useShell();
  const [a, b] = pair.split('-').map(idOf) as [CampaignId | null, CampaignId | null];
  const list = useQuery('reports/campaigns', { offset: 0, limit: 200 });
  const both = a !== null && b !== null && a !== b;
  const query = useQuery('reports/compare', { a: a ?? (0 as CampaignId), b: b ?? (0 as CampaignId) }, { enabled: both });
  const put = (x: CampaignId | null, y: CampaignId | null) =>
    go({ screen: 'results', compare: `${x ?? ''}-${y ?? ''}` }, { replace: true });
  const rows = query.data ? rowsOf(query.data, all, (l) => verdictText(l, r, say), say) : [];
  return (
    <Screen
      title={w.title}
      subtitle={<OfShop>{w.subtitle}</OfShop>}
      up={{ label: r.results.back, onClick: () => go({ screen: 'results' }) }}
      actions={
        both && query.data ? (
          <Export
            words={r}
            onPdf={() => savePdf(r, 'two-campaigns.pdf')}
            onCsv={() => saveCsv(r, 'two-campaigns.csv', pairCsv(query.data as Pair, rows, all, shop))}
          />
        ) : undefined
      }
    >
      <Loaded query={list} lines={3}>
        {({ campaigns, total }) =>
          total < 2 ? (
            <Panel>
              <EmptyState icon={<IconScale size={28} stroke={1.6} />} title={w.title}>
                {w.one}
              </EmptyState>
            </Panel>
          ) : (
            <Rows>
              <Panel>
                <div className={css.pickers}>
                  <Picker label={w.first} value={a} other={b} campaigns={campaigns} onChange={(id) => put(id, b)} />
                  <Button
                    variant="default"
                    className="rg-no-print"
                    leftSection={<IconArrowsExchange size={18} stroke={1.75} aria-hidden />}
                    onClick={() => put(b, a)}
                  >
                    {w.swap}
                  </Button>
                  <Picker label={w.second} value={b} other={a} campaigns={campaigns} onChange={(id) => put(a, id)} />
                </div>
              </Panel>
              {both ? (
                <Loaded query={query} lines={8}>
                  {(p) => (
                    <Counted counting={p.counting} say={say}>
                      <PairPanel pair={p} rows={rows} words={all} say={say} />
                    </Counted>
                  )}
                </Loaded>
              ) : (
                <p className={css.quiet}>{w.pick}</p>
              )}
            </Rows>
          )
        }
      </Loaded>
    </Screen>
  );
}

function Picker(p: {
  label: string;
  value: CampaignId | null;
  other: CampaignId | null;
  campaigns: readonly Line[];
  onChange: (id: CampaignId | null) => void;
}) {
  const w = useWords(campaignResults).compare;
  const { shop, locale } = useShell();
  const day = (at: number) => when(at, 'short-day', shop.zone, locale, Date.now());
  return (
    <SelectField
      label={p.label}
      value={p.value === null ? '' : String(p.value)}
      onChange={(v) => p.onChange(idOf(v))}
      options={[
        { value: '', label: w.choose },
        ...p.campaigns.map((c) => ({ value: String(c.id), label: `${c.name}, ${day(c.startedAt)}`, disabled: c.id === p.other })),
      ]}
    />
  );
}

interface PairRow {
  key: string;
  name: string;
  a: string;
  b: string;
  /** The difference, with its range; '' where none is told. */
  apart: string;
  share?: (typeof SHARES)[number];
}

/** Signed, in every hundred reached: "+4.2". */
function perHundred(x: number): string {
  const n = Math.round(x * 1000) / 10 + 0;
  return `${n > 0 ? '+' : ''}${n.toFixed(1)}`.replace('-', '−');
}

function rowsOf(p: Pair, all: CampaignResultWords, verdict: (l: Line) => string, say: Say): PairRow[] {
  const w = all.compare;
  const [x, y] = [p.a.line, p.b.line];
  const fact = (key: keyof typeof w.facts, of: (l: Line) => string): PairRow => ({
    key,
    name: w.facts[key],
    a: of(x),
    b: of(y),
    apart: '',
  });
  const shares = SHARES.map((share): PairRow => {
    const side = (s: Side) => {
      const n = p[s].line[share === 'stopped' ? 'stops' : share];
      const range = p[s][share];
      return range
        ? `${say.n(n)} · ${say.share(range.estimate)} (${all.apart.between(say.share(range.low), say.share(range.high))})`
        : w.unknown;
    };
    const d = over(p) ? p.difference[share] : null;
    const apart = d ? `${perHundred(d.estimate)} (${w.points(perHundred(d.low), perHundred(d.high))})` : '';
    return { key: share, name: w.rows[share], a: side('a'), b: side('b'), apart, share };
  });
  return [
    fact('sent', (l) => say.date(l.startedAt)),
    fact('until', (l) => say.day(l.window.endsOn)),
    fact('texted', (l) => say.n(l.texted)),
    fact('delivered', (l) => say.n(l.delivered)),
    ...shares,
    fact('direct', (l) => say.cents(l.direct)),
    fact('influenced', (l) => say.cents(l.influenced)),
    fact('cost', (l) => say.micros(l.cost, l.currency)),
    fact('verdict', verdict),
  ];
}

/** Both have run their days, and the till file covers them: before, how far apart they are says only which began earlier. */
const over = (p: Pair): boolean => p.a.line.window.state === 'closed' && p.b.line.window.state === 'closed';

function findingOf(p: Pair, w: CampaignResultWords['compare']): string {
  if (!over(p)) return w.finding.open;
  const d = p.difference.came;
  const [a, b] = [p.a.line.name, p.b.line.name];
  if (!d) return w.finding.none;
  const n = (x: number) => (Math.round(x * 1000) / 10).toFixed(1);
  if (d.low > 0) return w.finding.more(a, b, n(d.low), n(d.high));
  if (d.high < 0) return w.finding.more(b, a, n(-d.high), n(-d.low));
  return w.finding.same(a, b);
}

function PairPanel({ pair: p, rows, words: all, say }: { pair: Pair; rows: readonly PairRow[]; words: CampaignResultWords; say: Say }) {
  const w = all.compare;
  const e = useWords(explain).compare;
  return (
    <Panel title={findingOf(p, w)} hint={w.honest}>
      <div className={css.scroll}>
        <table className={css.table} aria-label={w.title}>
          <thead>
            <tr>
              <td />
              {(['a', 'b'] as const).map((s) => (
                <th key={s} scope="col">
                  <button type="button" className={css.figure} onClick={() => go({ screen: 'results', campaignId: p[s].line.id })}>
                    {p[s].line.name}
                  </button>
                </th>
              ))}
              <th scope="col">
                {w.head.difference}
                <span className={css.under}>{w.perHundred}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                <td>{row.share ? <ShareCell pair={p} side="a" share={row.share} words={all} say={say} /> : row.a}</td>
                <td>{row.share ? <ShareCell pair={p} side="b" share={row.share} words={all} say={say} /> : row.b}</td>
                <td className={css.difference}>{row.apart}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={`${css.quiet} ${css.more}`}>{w.drawn}</p>
      <HowCounted lines={[e.same, e.range, e.days, e.why]} />
    </Panel>
  );
}

function ShareCell(p: { pair: Pair; side: Side; share: (typeof SHARES)[number]; words: CampaignResultWords; say: Say }) {
  const { say, share } = p;
  const side = p.pair[p.side];
  const range = side[share];
  if (!range) return <>{p.words.compare.unknown}</>;
  const count = side.line[share === 'stopped' ? 'stops' : share];
  return (
    <>
      {say.n(count)} · {say.share(range.estimate)} <RangeBar range={range} max={scaleOf([p.pair.a[share], p.pair.b[share]])} />
      <span className={css.range}>{p.words.apart.between(say.share(range.low), say.share(range.high))}</span>
    </>
  );
}

function pairCsv(p: Pair, rows: readonly PairRow[], all: CampaignResultWords, shop: { currency: string; zone: string }): string {
  const columns: Column<PairRow>[] = [
    { key: 'name', title: '', render: () => null, text: (r) => r.name },
    { key: 'a', title: p.a.line.name, render: () => null, text: (r) => r.a },
    { key: 'b', title: p.b.line.name, render: () => null, text: (r) => r.b },
    { key: 'apart', title: `${all.compare.head.difference}, ${all.compare.perHundred}`, render: () => null, text: (r) => r.apart },
    ...unitColumns<PairRow>(shop),
  ];
  return tableCsv(columns, rows);
}
