import type { Rule } from '@domain/segments/rule';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { ErrorNote, Panel, SkeletonLines, When } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useEffect, useState } from 'react';
import css from './segments.module.css';

const CALM_MS = 200;

/** How many people the rule holds just now, five of them, and the whole rule as a sentence. */
export function LiveCount({ rule, unfinished }: { rule: Rule; unfinished: boolean }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const [asked, setAsked] = useState(rule);
  const key = JSON.stringify(rule);
  useEffect(() => {
    const t = setTimeout(() => setAsked(JSON.parse(key) as Rule), CALM_MS);
    return () => clearTimeout(t);
  }, [key]);
  const { data, error, fetching } = useQuery('segments/count', { rule: asked });
  // While the next figures come, the last ones stay, a little paler: nothing jumps.
  const [shown, setShown] = useState(data);
  useEffect(() => {
    if (data) setShown(data);
  }, [data]);
  const d = data ?? shown;
  if (error !== undefined && !d) return <ErrorNote error={error} />;
  return (
    <Panel title={w.live}>
      {!d ? (
        <SkeletonLines lines={6} />
      ) : (
        <div className={css.live} data-stale={fetching || JSON.stringify(asked) !== key || undefined} aria-live="polite">
          <p className={css.bigCount}>{w.people(d.count, count(d.count, locale))}</p>
          <p className={css.muted}>{d.count === 0 ? w.noOne : w.permitted(count(d.permitted, locale))}</p>
          <p className={css.sentence}>{d.sentence}</p>
          {unfinished && <p className={css.muted}>{w.unfinished}</p>}
          {d.examples.length > 0 && d.count > d.examples.length && <h3 className={css.examplesTitle}>{w.examples}</h3>}
          {d.examples.length > 0 && (
            <ul className={css.examples}>
              {d.examples.map((p) => (
                <li key={p.id}>
                  <span>{`${p.firstName} ${p.lastName}`.trim() || p.company || w.noName}</span>
                  <span className={css.muted}>
                    {p.lastVisitAt === null ? (
                      w.never
                    ) : (
                      <>
                        {w.lastVisit} <When at={p.lastVisitAt} style="short-day" />
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Panel>
  );
}
