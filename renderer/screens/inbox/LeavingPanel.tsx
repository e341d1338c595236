import { SegmentedControl } from '@mantine/core';
import { type Out, useQuery } from '@renderer/api';
import { ReasonBars, type ReasonRow } from '@renderer/charts/ReasonBars';
import type { Say } from '@renderer/screens/reports/format';
import { useWords } from '@renderer/strings';
import { leaving as catalogue, type LeavingWords } from '@renderer/strings/leaving';
import { Loaded, Panel } from '@renderer/ui';
import { useState } from 'react';
import css from './leaving.module.css';
import { RemediesDone } from './RemediesDone';
import { RemedyButtons } from './RemedyButtons';

export type Leaving = Out<'inbox/leaving'>;
const VIEWS = ['months', 'campaigns', 'groups'] as const;
type View = (typeof VIEWS)[number];
const REASONS = ['too-many', 'not-for-me', 'other'] as const;

const sum = (r: Leaving['recent']['reasons']) => r['too-many'] + r['not-for-me'] + r.other + r.none;
/** "1.2", never "1.0". */
export const rate = (x: number, n: number): string => (n === 0 ? '0' : String(Math.round((x / n) * 1000) / 10));

/** The finding: what most of those who left said. */
function titleOf(d: Leaving, w: LeavingWords, say: Say): string {
  const { left, reasons } = d.recent;
  if (left === 0) return w.title.nobody;
  const most = [...REASONS].sort((a, b) => reasons[b] - reasons[a])[0];
  if (most === undefined || reasons[most] === 0) return w.title.silent(say.n(left), left === 1);
  return w.title.said(say.n(reasons[most]), say.n(left), w.lower[most]);
}

/** Why people left: by month, campaign and group; what can be done about it in one step, and whether what was done helped. */
export function LeavingPanel({ say }: { say: Say }) {
  const w = useWords(catalogue);
  const query = useQuery('inbox/leaving', {}, { topics: ['inbox', 'consent', 'settings', 'reports', 'campaigns'] });
  const [view, setView] = useState<View>('months');
  return (
    <Panel>
      <Loaded query={query} lines={8}>
        {(d) => {
          const ever = d.months.some((m) => sum(m.reasons) > 0) || d.campaigns.length > 0;
          const lines = view === 'months' ? [] : d[view];
          const rows: ReasonRow[] =
            view === 'months'
              ? d.months.map((m) => ({ name: say.month(`${m.month}-15`).replace(/ \d{4}$/, ''), reasons: m.reasons }))
              : lines.map((l) => ({ name: l.name, reasons: l.reasons }));
          const cells = (r: ReasonRow['reasons']) => [
            say.n(sum(r)),
            say.n(r['too-many']),
            say.n(r['not-for-me']),
            say.n(r.other),
            say.n(r.none),
          ];
          const head = [w.head.left, w.reasons['too-many'], w.reasons['not-for-me'], w.reasons.other, w.reasons.none];
          return (
            <div className={css.panel}>
              <ReasonBars
                title={titleOf(d, w, say)}
                note={d.recent.texts > 0 ? w.note(rate(d.recent.left, d.recent.texts), say.n(d.recent.texts)) : undefined}
                rows={rows}
                names={w.reasons}
                upright={view === 'months'}
                show={say.n}
                nothing={!ever ? w.nothing : rows.length > 0 ? undefined : view === 'campaigns' ? w.noCampaign : w.noGroup}
                table={{
                  head: [w.head[view], ...head, ...(view === 'months' ? [] : [w.head.texts])],
                  rows:
                    view === 'months'
                      ? d.months.map((m) => [say.month(`${m.month}-15`), ...cells(m.reasons)])
                      : lines.map((l) => [l.name, ...cells(l.reasons), say.n(l.texts)]),
                }}
              />
              {ever && (
                <SegmentedControl
                  className={`${css.views} rg-no-print`}
                  size="xs"
                  aria-label={w.byLabel}
                  value={view}
                  onChange={(v) => setView(v as View)}
                  data={VIEWS.map((v) => ({ value: v, label: w.by[v] }))}
                />
              )}
              <RemedyButtons d={d} words={w} say={say} />
              <RemediesDone d={d} words={w} say={say} />
            </div>
          );
        }}
      </Loaded>
    </Panel>
  );
}
