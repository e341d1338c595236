import { Button } from '@mantine/core';
import { call, type Out, useQuery, useShell } from '@renderer/api';
import { topicsOf } from '@renderer/api/topics';
import { usePages } from '@renderer/api/usePages';
import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import { go } from '@renderer/nav';
import { plainMicros, plainMoney, unitColumns } from '@renderer/print/csv';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { ofHundred } from '@renderer/strings/count';
import { explain } from '@renderer/strings/explain';
import type { ReportWords } from '@renderer/strings/reports';
import { Chip, type Column, Count, DataTable, EmptyState, HowCounted, Money, Panel, Screen, tableCsv, When } from '@renderer/ui';
import { IconChartBar } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { LeavingPanel } from '../../inbox/LeavingPanel';
import { ResponsePanel } from '../../inbox/ResponsePanel';
import { LostRegulars } from '../../money/LostRegulars';
import { MoneyLinks } from '../../money/MoneyLinks';
import { Export, OfShop, saveCsv, savePdf } from '../Export';
import type { Say } from '../format';
import { ResultsParts } from '../over-time/ResultsParts';
import { QuarterlyPanel } from '../QuarterlyPanel';
import { QuarterPanel } from '../QuarterPanel';
import css from '../reports.module.css';
import { SignUpSources } from '../SignUpSources';
import { verdictChip } from '../verdict';
import { Counted } from './Counted';
import { OffersPanel } from './OffersPanel';
import { TillLine } from './TillLine';

export type Line = Out<'reports/campaigns'>['campaigns'][number];
type Pooled = NonNullable<Out<'reports/overview'>['pooled']>;

/** What became of a campaign, in a few words: its verdict, or what it waits for. */
export function verdictText(l: Line, w: ReportWords, say: Say): string {
  if (l.window.state === 'running') return w.results.running(say.day(l.window.endsOn));
  if (l.window.state === 'waiting-for-till') return w.results.waiting(say.day(l.window.endsOn));
  return l.verdict ? verdictChip(l.verdict, w).label : '';
}

/** Pixels a figure takes in a cell, so that not even a million is cut: digits are alike, points and commas narrow. */
const room = (figure: string): number => [...figure].reduce((sum, c) => sum + (c === ',' || c === '.' ? 5 : 9.6), 0);

/** `text` of money is a plain decimal: a spreadsheet adds it up. `known`: what the columns have to be wide enough for. */
function columnsOf(w: ReportWords, say: Say, currency: string, known: readonly Line[]): Column<Line>[] {
  const c = w.results.columns;
  const wide = (least: number, of: (l: Line) => string) => Math.ceil(Math.max(least, ...known.map((l) => room(of(l)))));
  const number = (key: 'texted' | 'came' | 'redeemed', title: string): Column<Line> => ({
    key,
    title,
    width: `${wide(key === 'redeemed' ? 62 : 56, (l) => say.n(l[key]))}px`,
    align: 'right',
    render: (l) => <Count n={l[key]} />,
    text: (l) => String(l[key]),
  });
  const cash = (key: 'direct' | 'influenced', title: string): Column<Line> => ({
    key,
    title,
    width: `minmax(${wide(72, (l) => say.wholeMoney(l[key]))}px, 0.6fr)`,
    align: 'right',
    render: (l) => <Money cents={l[key]} round />,
    text: (l) => plainMoney(l[key], currency),
  });
  return [
    {
      key: 'name',
      title: c.name,
      width: 'minmax(90px, 2fr)',
      always: true,
      render: (l) => (
        <span className={css.nameCell}>
          <strong>{l.name}</strong>
          <span className={css.quiet}>
            <When at={l.startedAt} style="day" />
          </span>
        </span>
      ),
      text: (l) => l.name,
    },
    {
      key: 'sent',
      title: c.sent,
      width: '66px',
      render: (l) => <When at={l.startedAt} style="short-day" />,
      text: (l) => say.date(l.startedAt),
    },
    number('texted', c.texted),
    number('came', c.came),
    number('redeemed', c.redeemed),
    cash('direct', c.direct),
    cash('influenced', c.influenced),
    {
      key: 'cost',
      title: c.cost,
      width: `minmax(${wide(66, (l) => say.micros(l.cost, l.currency))}px, 0.6fr)`,
      align: 'right',
      render: (l) => say.micros(l.cost, l.currency),
      text: (l) => plainMicros(l.cost, l.currency),
    },
    {
      key: 'verdict',
      title: c.verdict,
      width: 'minmax(140px, 1fr)',
      render: (l) =>
        l.window.state === 'closed' && l.verdict ? (
          <Chip tone={verdictChip(l.verdict, w).tone} dot>
            {verdictChip(l.verdict, w).label}
          </Chip>
        ) : (
          <span className={css.wait}>{verdictText(l, w, say)}</span>
        ),
      text: (l) => verdictText(l, w, say),
    },
  ];
}

const PAGE = 200;
/** Every campaign, for the file. */
async function allLines(): Promise<Line[]> {
  const lines: Line[] = [];
  for (;;) {
    const page = await call('reports/campaigns', { offset: lines.length, limit: PAGE });
    lines.push(...page.campaigns);
    if (page.campaigns.length === 0 || lines.length >= page.total) return lines;
  }
}

/** All campaigns side by side, as many as there are, and what they brought together. What stands below is asked for once they are there. */
export function AllCampaigns({ words: w, say }: { words: ReportWords; say: Say }) {
  const load = useCallback(async (page: { offset: number; limit: number }) => {
    const { campaigns, total } = await call('reports/campaigns', page);
    return { rows: campaigns, total };
  }, []);
  const pages = usePages<Line>('campaigns', load, topicsOf('reports/campaigns'));
  const query = useQuery('reports/overview', {});
  const own = useWords(campaignResults);
  const { shop } = useShell();
  const how = useWords(explain).all;
  const columns = useMemo(() => columnsOf(w, say, shop.currency, query.data?.campaigns ?? []), [w, say, shop.currency, query.data]);
  const seen = useMemo(() => columns.filter((c) => c.key !== 'sent'), [columns]); // the day stands under the name; the CSV has its own column
  const pooled = query.data?.pooled;
  const some = (pages.total ?? 0) > 0;
  return (
    <Screen
      title={w.results.title}
      subtitle={<OfShop>{w.results.subtitle}</OfShop>}
      actions={
        <>
          <MoneyLinks />
          {(pages.total ?? 0) > 1 && (
            <Button variant="default" onClick={() => go({ screen: 'results', compare: '-' })}>
              {own.compare.action}
            </Button>
          )}
          {some && (
            <Export
              words={w}
              onPdf={() => savePdf(w, 'results.pdf')}
              onCsv={async () => saveCsv(w, 'results.csv', tableCsv([...columns, ...unitColumns<Line>(shop)], await allLines()))}
            />
          )}
        </>
      }
    >
      <ResultsParts part="campaigns" />
      <Counted counting={query.data?.counting ?? 0} say={say}>
        {pooled && <PooledPanel pooled={pooled} words={w} say={say} />}
        <DataTable
          label={w.results.title}
          columns={seen}
          pages={pages}
          rowKey={(l) => l.id}
          rowHeight={68} // two lines of a name, and its day
          onRetry={pages.refetch}
          onOpen={(l) => go({ screen: 'results', campaignId: l.id })}
          empty={
            <EmptyState
              icon={<IconChartBar size={28} stroke={1.6} />}
              title={w.results.empty.title}
              action={<Button onClick={() => go({ screen: 'campaigns' })}>{w.results.empty.action}</Button>}
            >
              {w.results.empty.body}
            </EmptyState>
          }
        />
        {some && (
          <div>
            <p className={css.quiet}>{w.results.sumWarning}</p>
            <HowCounted lines={[how.came, how.credit, how.verdict]} />
          </div>
        )}
        {!pages.loading && <OffersPanel say={say} />}
      </Counted>
      {!pages.loading && (
        <>
          <TillLine say={say} />
          <QuarterlyPanel say={say} />
          <QuarterPanel say={say} />
          <SignUpSources say={say} />
          <LeavingPanel say={say} />
          <LostRegulars campaignId={null} say={say} />
          <ResponsePanel />
        </>
      )}
    </Screen>
  );
}

/** What all campaigns with held-back people brought together, as a range. */
function PooledPanel({ pooled: p, words: w, say }: { pooled: Pooled; words: ReportWords; say: Say }) {
  const how = useWords(explain).all;
  const perHundred = (share: number) => (share === 0 ? '0' : (Math.round(share * 1000) / 10).toFixed(1).replace('-', '−'));
  const { pooled, pooledFewer, pooledUnclear } = w.results;
  const sentence = (p.effect.low > 0 ? pooled : p.effect.high < 0 ? pooledFewer : pooledUnclear)(ofHundred(p.effect), p.campaigns);
  return (
    <Panel>
      <p className={css.finding}>{sentence}</p>
      <p className={css.quiet}>{w.results.pooledNote}</p>
      <IntervalWhisker range={p.effect} show={perHundred} label={sentence} />
      <HowCounted lines={[how.pooled(say.n(p.campaigns), say.n(p.texted))]} />
    </Panel>
  );
}
