import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { call, type Out, toApiError, useQuery, useShell } from '@renderer/api';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { outreach } from '@renderer/strings/outreach';
import { type ReportWords, reports } from '@renderer/strings/reports';
import { Chip, type Column, Count, DataTable, EmptyState, Loaded, Money, Panel, Rows, Screen, tableCsv, toast, When } from '@renderer/ui';
import { IconChartBar, IconFileTypePdf, IconTableExport } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { LeavingPanel } from '../inbox/LeavingPanel';
import { ResponsePanel } from '../inbox/ResponsePanel';
import { LostRegulars } from '../money/LostRegulars';
import { MoneyLinks } from '../money/MoneyLinks';
import { BesideText } from '../offers/MediaPanel';
import { ReachDialog } from '../outreach/ReachDialog';
import { FunnelPanel, HowPanel, MoneyPanel, RedemptionsPanel } from './CampaignCharts';
import { type Say, useSay } from './format';
import { GoalLine } from './GoalLine';
import { GrowthPanel } from './GrowthPanel';
import { QuarterPanel } from './QuarterPanel';
import css from './reports.module.css';
import { SignUpSources } from './SignUpSources';
import { VerdictPanel } from './VerdictPanel';
import { verdictChip } from './verdict';
import { WordsTestPanel } from './WordsTestPanel';

type Line = Out<'reports/overview'>['campaigns'][number];

/** Results of all campaigns side by side, or of one. Reads the shop file only: it is there without a network. */
export function ResultsScreen() {
  const place = usePlace();
  const words = useWords(reports);
  const say = useSay();
  const id = place.screen === 'results' ? place.campaignId : undefined;
  return id === undefined ? <Overview words={words} say={say} /> : <OneCampaign key={id} id={id} words={words} say={say} />;
}

interface Shared {
  words: ReportWords;
  say: Say;
}

async function savePdf(w: ReportWords, name: string): Promise<void> {
  const saved = await call('shell/save-pdf', { name });
  if (saved) toast({ title: w.results.saved(saved.path), tone: 'good' });
}

async function saveCsv(w: ReportWords, name: string, text: string): Promise<void> {
  const saved = await call('shell/save-text', { name, text });
  if (saved) toast({ title: w.results.saved(saved.path), tone: 'good' });
}

function Export({ words: w, onPdf, onCsv }: { words: ReportWords; onPdf: () => Promise<void>; onCsv: () => Promise<void> }) {
  const failed = (e: unknown) => {
    const { code, params } = toApiError(e);
    const said = errorWords(code, params, 'en');
    toast({ title: said.title, body: said.next, tone: 'danger' });
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTableExport size={18} stroke={1.75} aria-hidden />}
        onClick={() => void onCsv().catch(failed)}
      >
        {w.results.csv}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileTypePdf size={18} stroke={1.75} aria-hidden />}
        onClick={() => void onPdf().catch(failed)}
      >
        {w.results.pdf}
      </Button>
    </>
  );
}

function verdictText(l: Line, w: ReportWords, say: Say): string {
  if (l.window.state === 'running') return w.results.running(say.day(l.window.endsOn));
  if (l.window.state === 'waiting-for-till') return w.results.waiting(say.day(l.window.endsOn));
  return l.verdict ? verdictChip(l.verdict, w).label : '';
}

function columnsOf(w: ReportWords, say: Say): Column<Line>[] {
  const c = w.results.columns;
  const number = (key: 'texted' | 'came' | 'redeemed', title: string): Column<Line> => ({
    key,
    title,
    width: key === 'redeemed' ? '70px' : '56px',
    align: 'right',
    render: (l) => <Count n={l[key]} />,
    text: (l) => String(l[key]),
  });
  const cash = (key: 'direct' | 'influenced', title: string): Column<Line> => ({
    key,
    title,
    width: 'minmax(72px, 0.6fr)',
    align: 'right',
    render: (l) => <Money cents={l[key]} round />,
    text: (l) => say.cents(l[key]),
  });
  return [
    {
      key: 'name',
      title: c.name,
      width: 'minmax(132px, 2fr)',
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
      width: 'minmax(68px, 0.6fr)',
      align: 'right',
      render: (l) => say.micros(l.cost, l.currency),
      text: (l) => say.micros(l.cost, l.currency),
    },
    {
      key: 'verdict',
      title: c.verdict,
      width: 'minmax(136px, 1fr)',
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

function Overview({ words: w, say }: Shared) {
  const query = useQuery('reports/overview', {});
  const columns = useMemo(() => columnsOf(w, say), [w, say]);
  const seen = useMemo(() => columns.filter((c) => c.key !== 'sent'), [columns]); // the day stands under the name; the CSV has its own column
  const rows = query.data?.campaigns;
  const pooled = query.data?.pooled;
  const perHundred = (share: number) => (Math.round(share * 1000) / 10).toFixed(1).replace('-', '−');
  return (
    <Screen
      title={w.results.title}
      subtitle={<OfShop>{w.results.subtitle}</OfShop>}
      actions={
        <>
          <MoneyLinks />
          {rows && rows.length > 0 && (
            <Export words={w} onPdf={() => savePdf(w, 'results.pdf')} onCsv={() => saveCsv(w, 'results.csv', tableCsv(columns, rows))} />
          )}
        </>
      }
    >
      {pooled && (
        <Panel>
          <p className={css.finding}>
            {(pooled.effect.low > 0 ? w.results.pooled : w.results.pooledUnclear)(
              perHundred(pooled.effect.low),
              perHundred(pooled.effect.high),
              pooled.campaigns,
            )}
          </p>
          <p className={css.quiet}>{w.results.pooledNote}</p>
        </Panel>
      )}
      <DataTable
        label={w.results.title}
        columns={seen}
        rows={rows}
        rowKey={(l) => l.id}
        rowHeight={60}
        loading={query.loading}
        error={query.error}
        onRetry={query.refetch}
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
      {rows && rows.length > 0 && <p className={css.quiet}>{w.results.sumWarning}</p>}
      <QuarterPanel say={say} />
      <SignUpSources say={say} />
      <GrowthPanel weeks={78} words={w} say={say} />
      <LeavingPanel say={say} />
      <LostRegulars campaignId={null} say={say} />
      <ResponsePanel />
    </Screen>
  );
}

/** On paper also says whose results these are. */
function OfShop({ children }: { children: string }) {
  const { shop } = useShell();
  return (
    <>
      {children}
      <span className={css.onPaper}> · {shop.name}</span>
    </>
  );
}

function OneCampaign({ id, words: w, say }: Shared & { id: number }) {
  const query = useQuery('reports/campaign', { campaignId: id as never });
  const report = query.data;
  const name = report?.head.name ?? '';
  const file = `results-${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || id
  }`;
  return (
    <Screen
      title={name || w.results.title}
      subtitle={report && <OfShop>{w.campaign.sent(say.date(report.head.startedAt), report.head.offer)}</OfShop>}
      up={{ label: w.results.back, onClick: () => go({ screen: 'results' }) }}
      actions={
        report && (
          <>
            <ReachCampaign id={report.head.id} name={name} />
            <Export words={w} onPdf={() => savePdf(w, `${file}.pdf`)} onCsv={() => saveCsv(w, `${file}.csv`, reportCsv(report, w, say))} />
          </>
        )
      }
    >
      <Loaded query={query} lines={10}>
        {(r) => (
          <Rows>
            <Panel
              title={w.campaign.because}
              action={
                r.window.state === 'waiting-for-till' ? (
                  <Button size="xs" onClick={() => go({ screen: 'import' })}>
                    {w.campaign.importNow}
                  </Button>
                ) : undefined
              }
            >
              <VerdictPanel report={r} words={w} say={say} />
              {r.goal && <GoalLine goal={r.goal} say={say} />}
            </Panel>
            <WordsTestPanel id={r.head.id} say={say} />
            <FunnelPanel report={r} words={w} say={say} />
            <BesideText
              campaignId={r.head.id}
              text={{
                delivered: r.funnel.find((f) => f.name === 'delivered')?.count ?? 0,
                redeemed: r.funnel.find((f) => f.name === 'redeemed')?.count ?? 0,
                takings: r.takings.direct.net,
                cost: say.micros(r.cost.known + r.cost.expected, r.cost.currency),
              }}
            />
            <RedemptionsPanel report={r} words={w} say={say} />
            <MoneyPanel report={r} words={w} say={say} />
            <LostRegulars campaignId={r.head.id} say={say} />
            <HowPanel report={r} words={w} say={say} />
          </Rows>
        )}
      </Loaded>
    </Screen>
  );
}

/** The same step by post, e-mail or ads, for whoever is not in its comparison group. */
function ReachCampaign({ id, name }: { id: CampaignId; name: string }) {
  const w = useWords(outreach);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {w.open}
      </Button>
      {open && <ReachDialog name={name} source={{ campaignId: id }} onClose={() => setOpen(false)} />}
    </>
  );
}

/** One campaign's figures as name, value, and lowest and highest where there is a range. */
function reportCsv(r: Out<'reports/campaign'>, w: ReportWords, say: Say): string {
  const c = w.campaign;
  const rows: [string, string, string, string][] = r.funnel.map((s) => [
    c.steps[s.name],
    String(s.count),
    s.share ? say.share(s.share.low) : '',
    s.share ? say.share(s.share.high) : '',
  ]);
  const range = r.comparison?.verdict.range;
  rows.push(
    [c.money.direct, say.cents(r.takings.direct.net), '', ''],
    [c.money.influenced, say.cents(r.takings.influenced.net), '', ''],
    [c.money.discount, say.cents(r.takings.discounts), '', ''],
    [c.money.cost, say.micros(r.cost.known + r.cost.expected, r.cost.currency), '', ''],
  );
  if (range) {
    const show = r.comparison?.verdict.measure === 'profit' ? say.cents : say.n;
    rows.push([w.campaign.because, show(range.estimate), show(range.low), show(range.high)]);
  }
  const columns: Column<(typeof rows)[number]>[] = w.campaign.funnelHead.map((title, i) => ({
    key: title,
    title: i === 2 ? '2.5 %' : i === 3 ? '97.5 %' : title,
    render: () => null,
    text: (row) => row[i] ?? '',
  }));
  return tableCsv(columns, rows);
}
