import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { outreach } from '@renderer/strings/outreach';
import type { ReportWords } from '@renderer/strings/reports';
import { type Column, Loaded, Panel, Rows, Screen, tableCsv } from '@renderer/ui';
import { useState } from 'react';
import { LostRegulars } from '../../money/LostRegulars';
import { BesideText } from '../../offers/MediaPanel';
import { ReachDialog } from '../../outreach/ReachDialog';
import { FunnelPanel, MoneyPanel, RedemptionsPanel } from '../CampaignCharts';
import { Export, OfShop, saveCsv, savePdf } from '../Export';
import type { Say } from '../format';
import { GoalLine } from '../GoalLine';
import { VerdictPanel } from '../VerdictPanel';
import { WordsTestPanel } from '../WordsTestPanel';
import { ApartPanels } from './ApartPanels';
import { Counted } from './Counted';
import { Drills } from './drill';
import { LeftPanel } from './LeftPanel';

interface Props {
  id: CampaignId;
  words: ReportWords;
  say: Say;
}

/** Everything that came of one campaign; every number leads to its people and says how it is counted. */
export function OneCampaign({ id, words: w, say }: Props) {
  const query = useQuery('reports/campaign', { campaignId: id });
  const apart = useQuery('reports/breakdown', { campaignId: id });
  const report = query.data;
  const compare = useWords(campaignResults).compare.action;
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
            <Button variant="default" onClick={() => go({ screen: 'results', compare: `${id}-` })}>
              {compare}
            </Button>
            <Export words={w} onPdf={() => savePdf(w, `${file}.pdf`)} onCsv={() => saveCsv(w, `${file}.csv`, reportCsv(report, w, say))} />
          </>
        )
      }
    >
      <Loaded query={query} lines={10}>
        {(r) => (
          <Drills report={r} apart={apart.data} say={say}>
            <Counted counting={r.counting} say={say}>
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
                {apart.data && <ApartPanels apart={apart.data} hasOffer={r.head.offer !== null} currency={r.cost.currency} say={say} />}
                <LeftPanel report={r} left={apart.data?.left} say={say} />
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
              </Rows>
            </Counted>
          </Drills>
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
