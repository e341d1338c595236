import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import { leaving } from '@renderer/strings/leaving';
import { HowCounted, Panel } from '@renderer/ui';
import type { Say } from '../format';
import css from './campaign.module.css';
import { Figure } from './drill';
import { figureLines } from './how';

/** Who left after this text, and why; nothing before anybody was reached. */
export function LeftPanel({
  report: r,
  left,
  say,
}: {
  report: Out<'reports/campaign'>;
  left: Out<'reports/breakdown'>['left'] | undefined;
  say: Say;
}) {
  const w = useWords(campaignResults);
  const why = useWords(leaving).reasons;
  const e = useWords(explain);
  const n = r.stops.count;
  if (!r.stops.share) return null;
  const said = (reason: string | null, count: number) =>
    reason !== null && reason !== 'none' && reason in why
      ? w.left.why(say.n(count), why[reason as keyof typeof why])
      : w.left.silent(say.n(count));
  return (
    <Panel title={n === 0 ? w.left.nobody : w.left.title(say.n(n), n === 1)}>
      {n > 0 && (
        <>
          <ul className={css.reasons}>
            {(left ?? []).map((l) => (
              <li key={l.why ?? ''}>{said(l.why, l.count)}</li>
            ))}
          </ul>
          <p className={css.who}>
            <Figure n={n} ask={{ figure: 'stopped' }} say={say}>
              {w.left.see}
            </Figure>
          </p>
        </>
      )}
      <HowCounted lines={figureLines(r, [{ figure: 'stopped', n, share: r.stops.share }], { e, w }, say)} />
    </Panel>
  );
}
