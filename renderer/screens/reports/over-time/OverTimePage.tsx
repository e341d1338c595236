import { Button, SegmentedControl } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { overTime } from '@renderer/strings/over-time';
import { reports } from '@renderer/strings/reports';
import { Rows, Screen, toastError } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import { IconFileTypePdf } from '@tabler/icons-react';
import { startTransition, useEffect, useState } from 'react';
import { Counted } from '../campaign/Counted';
import { OfShop, savePdf } from '../Export';
import { GrowthPanel } from '../GrowthPanel';
import { RedemptionPanel, ReturnsPanel } from './CampaignPanels';
import { CohortsPanel } from './CohortsPanel';
import { HoursPanel } from './HoursPanel';
import { ResultsParts } from './ResultsParts';
import { RfmPanel } from './RfmPanel';
import { StopsPanel } from './StopsPanel';
import { useOverTimeSay } from './say';
import { TakingsPanel } from './TakingsPanel';

const PERIODS = { quarter: { weeks: 13, months: 3 }, year: { weeks: 52, months: 12 }, years: { weeks: 156, months: 36 } } as const;
type Period = keyof typeof PERIODS;
/** What takings and hours rest on: texts being sent must not draw them anew. */
const SALES = ['imports', 'settings', 'reports'] as const;

/** False in the first picture: what stands below the edge of the screen must not hold up what is seen. */
function useSoon(): boolean {
  const [soon, setSoon] = useState(false);
  useEffect(() => startTransition(() => setSoon(true)), []);
  return soon;
}

/** Results over time. Reads the shop file only: it is there without a network. */
export function OverTimePage() {
  const w = useWords(overTime);
  const reportWords = useWords(reports);
  const say = useOverTimeSay();
  const { shop, locale } = useShell();
  const [period, setPeriod] = useState<Period>('year');
  const soon = useSoon();
  const { weeks, months } = PERIODS[period];
  const hours = useQuery('reports/hours', { weeks }, { topics: SALES });
  const trend = useQuery('reports/campaign-trend', { weeks });
  const stops = useQuery('reports/opt-outs', { months });
  const counting = Math.max(trend.data?.counting ?? 0, stops.data?.counting ?? 0);
  const tick = (at: number) => when(at, 'short-day', shop.zone, locale, Date.now());
  const pdf = () => savePdf(reportWords, w.pdf).catch(toastError);
  return (
    <Screen
      title={reportWords.results.title}
      subtitle={<OfShop>{w.subtitle}</OfShop>}
      actions={
        <Button variant="default" leftSection={<IconFileTypePdf size={18} stroke={1.75} aria-hidden />} onClick={() => void pdf()}>
          {reportWords.results.pdf}
        </Button>
      }
    >
      <Rows>
        <ResultsParts part="over-time">
          <SegmentedControl
            aria-label={w.period.label}
            value={period}
            onChange={(p) => setPeriod(p as Period)}
            data={(['quarter', 'year', 'years'] as const).map((p) => ({ value: p, label: w.period[p] }))}
          />
        </ResultsParts>
        <TakingsPanel query={hours} say={say} />
        <HoursPanel query={hours} say={say} />
        {soon && (
          <>
            <GrowthPanel weeks={weeks} words={reportWords} say={say} />
            <CohortsPanel say={say} />
            <RfmPanel say={say} />
            <Counted counting={counting} say={say}>
              <Rows>
                <RedemptionPanel query={trend} say={say} tick={tick} />
                <ReturnsPanel query={trend} say={say} tick={tick} />
                <StopsPanel query={stops} say={say} />
              </Rows>
            </Counted>
          </>
        )}
      </Rows>
    </Screen>
  );
}
