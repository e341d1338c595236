import type { ChannelOutput } from '@contract/index';
import { useQuery } from '@renderer/api';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { whenWords } from '@renderer/strings/when';
import { when } from '@renderer/ui/format';
import css from './when.module.css';

type Answer = ChannelOutput<'consent/when'>;

/**
 * "Why can't I text her now, and when can I?" in one or two quiet lines. Asked again whenever a permission, a text or a setting changes.
 */
export function WhenCanI({ customerId, messageClass = 'marketing' }: { customerId: number; messageClass?: 'marketing' | 'reply' }) {
  const answer = useQuery(
    'consent/when',
    { customerId: customerId as never, messageClass },
    { topics: ['consent', 'customers', 'outbox', 'settings', 'inbox'] },
  );
  return answer.data ? <WhenLines answer={answer.data} /> : <p className={css.line} aria-hidden />;
}

/** The same for an answer already at hand. */
function WhenLines({ answer }: { answer: Answer }) {
  const w = useWords(whenWords);
  const { shop, locale } = useShell();
  const now = Date.now();
  const at = (t: number, style: 'time' | 'day-time') => when(t, style, shop.zone, locale, now);
  const quiet = answer.why.some((x) => x.reason === 'quiet-hours');
  const elsewhere = answer.zones.some((z) => z !== shop.zone);
  const times = [...new Set(answer.zones.map((z) => when(now, 'time', z, locale, now)))].join(' / ');
  return (
    <p className={css.line} data-kind={answer.kind}>
      {answer.kind === 'now' && w.now(answer.closesAt === null ? null : at(answer.closesAt, 'time'))}
      {answer.kind !== 'now' && (
        <>
          {answer.why[0] && w.reasons[answer.why[0].reason]}
          {answer.kind === 'later' && answer.at !== null && ` ${w.from(at(answer.at, 'day-time'))}.`}
        </>
      )}
      {quiet && elsewhere && times !== '' && ` ${w.clock(times)}`}
    </p>
  );
}
