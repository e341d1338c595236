import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { Chip } from '@renderer/ui';
import css from './automations.module.css';
import { causeWords, useDaySay, whyWords } from './say';

type Why = Out<'automations/of-person'>[number];
const TONES = { text: 'good', control: 'info', waiting: 'warn', 'left-out': 'neutral', expired: 'neutral', already: 'neutral' } as const;

/** What was decided about one person and what comes, the newest first. */
export function WhyAnswer({ why: y, onExact }: { why: Why; onExact: (campaignId: CampaignId) => void }) {
  const w = useWords(catalogue);
  const c = useWords(campaignWords);
  const say = useDaySay();
  return (
    <div>
      {y.none !== null && <p role="status">{w.why.none[y.none]}</p>}
      {y.next.map((n) => (
        <p key={n.cause} role="status">
          <strong>{w.why.next(say.date(n.dueAt))}</strong>{' '}
          <span className={css.quiet}>
            {causeWords(n.cause, w, say)}, {w.why.until(say.dayAt(n.until))}
          </span>
        </p>
      ))}
      {y.events.length > 0 && (
        <ul className={css.answers} aria-label={w.why.decided}>
          {y.events.map((e) => (
            <li key={e.cause}>
              <Chip tone={TONES[e.outcome]}>{w.outcome[e.outcome]}</Chip> <span>{causeWords(e.cause, w, say)}</span>
              <p className={css.quiet}>
                {[
                  e.reason !== null && whyWords(e.reason, w, c),
                  say.date(e.at),
                  e.againAt !== null && w.everybody.again(say.date(e.againAt)),
                ]
                  .filter(Boolean)
                  .join(' · ')}
                {e.campaignId !== null && (
                  <Button size="compact-xs" variant="subtle" onClick={() => onExact(e.campaignId as CampaignId)}>
                    {w.why.openText}
                  </Button>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
