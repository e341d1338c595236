import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { WeekBars } from '@renderer/charts/WeekBars';
import { useSay } from '@renderer/screens/reports/format';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue } from '@renderer/strings/loyalty';
import { ErrorNote, Note, Panel, SkeletonLines } from '@renderer/ui';
import type { LoyaltyInput } from './draft';
import css from './loyalty.module.css';

/** What a draft would have cost last year, and who would begin with what. Asked for on purpose: it goes through every purchase. */
export function CostPanel(p: { asked: LoyaltyInput | null; stale: boolean; onAsk: () => void; joining: 'all' | 'asked' }) {
  const w = useWords(catalogue);
  return (
    <aside className={css.cost}>
      {p.asked === null ? (
        <Panel title={w.cost.title}>
          <div className={css.fields}>
            <p className={css.quiet}>{w.cost.ask}</p>
            <div>
              <Button variant="light" onClick={p.onAsk}>
                {w.form.preview}
              </Button>
            </div>
          </div>
        </Panel>
      ) : (
        <Told asked={p.asked} stale={p.stale} onAsk={p.onAsk} joining={p.joining} />
      )}
    </aside>
  );
}

function Told({ asked, stale, onAsk, joining }: { asked: LoyaltyInput; stale: boolean; onAsk: () => void; joining: 'all' | 'asked' }) {
  const w = useWords(catalogue);
  const c = w.cost;
  const say = useSay();
  const { data: t, error, fetching } = useQuery('loyalty/preview', asked);
  const kind = asked.terms.kind;
  const title = t && t.costPerMonth !== null && t.people > 0 ? c.titleMonth(say.wholeMoney(t.costPerMonth)) : c.title;
  return (
    <Panel title={title}>
      <div className={css.fields}>
        <ErrorNote error={error} />
        {stale && (
          <Note
            tone="warn"
            action={
              <Button size="xs" variant="default" onClick={onAsk}>
                {w.form.preview}
              </Button>
            }
          >
            {c.stale}
          </Note>
        )}
        {!t && !error && (
          <div aria-busy>
            <p className={css.quiet}>{c.waiting}</p>
            <SkeletonLines lines={6} />
          </div>
        )}
        {t && t.people === 0 && <p className={css.quiet}>{c.nothing}</p>}
        {t && t.people > 0 && (
          <div className={css.fields} style={{ opacity: fetching ? 0.6 : 1 }}>
            <ul className={css.promise}>
              <li>{c.perMonth(say.n(t.rewardsPerMonth), t.rewardsPerMonth === 1)}</li>
              {t.share !== null && <li>{c.share(say.share(t.share / 10_000))}</li>}
              {t.daysToFirst !== null && <li>{c.first(say.n(t.daysToFirst))}</li>}
              {t.rewards.map((r) => (
                <li key={r.offerId}>
                  {r.costs === null
                    ? `${r.name}: ${c.unknown}`
                    : `${c.each(r.name, say.cents(r.costs))}${r.offer.kind === 'free-item' ? `, ${r.byMargin ? c.byMargin : c.noMargin}` : ''}`}
                </li>
              ))}
              <li>
                {t.begin.people > 0
                  ? c.begin(say.n(t.begin.people), w.some(say.n(t.begin.points), t.begin.points === 1, kind))
                  : c.beginNobody}
              </li>
              {t.begin.ready > 0 && (
                <li>
                  {c.beginReady(say.n(t.begin.ready), t.begin.ready === 1, t.begin.cost === null ? null : say.wholeMoney(t.begin.cost))}
                </li>
              )}
              {joining === 'asked' && <li>{c.asked}</li>}
              {t.every > 1 && <li>{c.sample(say.n(t.every))}</li>}
            </ul>
            <WeekBars
              title={c.bars(say.n(t.rewardsPerMonth))}
              points={t.months.map((m) => ({ week: `${m.month}-01`, count: m.rewards }))}
              name={c.rewardsName}
              day={say.month}
              show={say.n}
              table={{
                head: c.head,
                rows: t.months.map((m) => [say.month(`${m.month}-01`), say.n(m.rewards), m.cost === null ? '–' : say.wholeMoney(m.cost)]),
              }}
            />
          </div>
        )}
      </div>
    </Panel>
  );
}
