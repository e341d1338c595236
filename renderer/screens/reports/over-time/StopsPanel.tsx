import { stopFinding, stopsByNthText } from '@domain/reports/over-time-findings';
import type { Out, QueryState } from '@renderer/api';
import { Whiskers } from '@renderer/charts/Whiskers';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime, sayStops } from '@renderer/strings/over-time';
import { HowCounted, Loaded, Panel } from '@renderer/ui';
import { Nothing } from './Nothing';
import type { OverTimeSay } from './say';

/** Whether a second, third, fourth text in a month makes people leave. */
export function StopsPanel({ query, say }: { query: QueryState<Out<'reports/opt-outs'>>; say: OverTimeSay }) {
  const all = useWords(overTime);
  const w = all.stops;
  return (
    <Panel>
      <Loaded query={query} lines={6}>
        {({ months }) => {
          const nth = stopsByNthText(months).flatMap((r) => (r.share ? [{ ...r, share: r.share, name: w.nth[r.nth - 1] ?? '' }] : []));
          const range = (r: (typeof nth)[number]) => say.range(100 * r.share.low, 100 * r.share.high);
          return (
            <>
              <Whiskers
                kind="bars"
                title={sayStops(stopFinding(nth), all, say)}
                points={nth.map((r) => ({
                  key: r.nth,
                  label: r.name,
                  value: 100 * r.share.estimate,
                  low: 100 * r.share.low,
                  high: 100 * r.share.high,
                  tip: [
                    r.name,
                    w.tip(say.n(r.stopped), say.n(r.texts), say.tenth(100 * r.share.estimate)),
                    all.redemption.between(range(r)),
                  ],
                }))}
                show={say.tenth}
                nothing={
                  nth.length === 0 && (
                    <Nothing action={{ label: all.to.campaign, onClick: () => go({ screen: 'campaigns' }) }}>{w.empty}</Nothing>
                  )
                }
                table={{
                  head: w.head,
                  rows: nth.map((r) => [r.name, say.n(r.texts), say.n(r.stopped), say.tenth(100 * r.share.estimate), range(r)]),
                }}
              />
              {nth.length > 0 && <HowCounted lines={w.how} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
