import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { call, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { SavePaper } from '@renderer/print/SavePaper';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { outreach } from '@renderer/strings/outreach';
import type { ReportWords } from '@renderer/strings/reports';
import { ErrorNote, Loaded, Panel, Rows, Screen } from '@renderer/ui';
import { useState } from 'react';
import { MailsOf } from '../../campaigns/MailPanel';
import { LostRegulars } from '../../money/LostRegulars';
import { BesideText } from '../../offers/MediaPanel';
import { ReachDialog } from '../../outreach/ReachDialog';
import { FunnelPanel, MoneyPanel, RedemptionsPanel } from '../CampaignCharts';
import { OfShop } from '../Export';
import type { Say } from '../format';
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
  // shown together, so that nothing moves when the second answer comes; without the second the rest is still told
  const ready = apart.data !== undefined || apart.error !== undefined;
  const report = ready ? query.data : undefined;
  const compare = useWords(campaignResults).compare.action;
  const name = report?.head.name ?? '';
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
            <SavePaper load={() => call('papers/campaign', { campaignId: id })} />
          </>
        )
      }
    >
      <Loaded query={{ ...query, data: report }} lines={10}>
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
                </Panel>
                <WordsTestPanel id={r.head.id} say={say} />
                <FunnelPanel report={r} words={w} say={say} />
                <MailsOf id={r.head.id} />
                {apart.data && (
                  <ApartPanels
                    apart={apart.data}
                    closed={r.window.state === 'closed'}
                    hasOffer={r.head.offer !== null}
                    currency={r.cost.currency}
                    say={say}
                  />
                )}
                {apart.error && <ErrorNote error={apart.error} onRetry={apart.refetch} />}
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
