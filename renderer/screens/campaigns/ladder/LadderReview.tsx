import type { CampaignId } from '@domain/kernel';
import { useQuery, useShell } from '@renderer/api';
import { minuteWords } from '@renderer/screens/offers/say';
import { Panel } from '@renderer/ui';
import { count, micros } from '@renderer/ui/format';
import css from './ladder.module.css';
import { ORDER } from './model';
import { useLadderWords } from './useLadderWords';

/** In the review: what follows, and what it can come to at most. Nothing where nothing follows. */
export function LadderReview({ campaignId }: { campaignId: CampaignId }) {
  const w = useLadderWords();
  const { locale } = useShell();
  const { data: path } = useQuery('ladders/get', { campaignId });
  const { data: cost } = useQuery('ladders/cost', { campaignId });
  if (!path || path.steps.length === 0) return null;
  const price = (n: number) => micros(Math.ceil(n / 10_000) * 10_000, cost?.currency ?? 'USD', locale);
  const steps = [...path.steps].sort(
    (a, b) => (a.parentId ?? 0) - (b.parentId ?? 0) || ORDER.indexOf(a.reaction) - ORDER.indexOf(b.reaction),
  );
  return (
    <Panel title={w.cost.title}>
      {cost && (
        <>
          <p className={css.total}>{w.cost.line(cost.texts, count(cost.texts, locale), price(cost.price))}</p>
          <p className={css.quiet}>{w.cost.body(cost.people, count(cost.people, locale))}</p>
          <p>{w.cost.all(price(cost.price + cost.first))}</p>
        </>
      )}
      <ul className={css.list}>
        {steps.map((s) => (
          <li key={s.id}>
            <strong>{s.name}</strong>
            <span className={css.quiet}>
              {w.reaction[s.reaction]} · {w.wait(s.reaction, s.afterDays)}, {w.at(minuteWords(s.atMinute, locale))}
              {s.offerName === null ? '' : ` · ${s.offerName}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
