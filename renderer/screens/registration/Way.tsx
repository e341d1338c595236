import { Button } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import { Columns, CopyButton, ErrorNote, Panel } from '@renderer/ui';
import { count, dayText, micros } from '@renderer/ui/format';
import { IconPointFilled } from '@tabler/icons-react';
import { Refused } from './Questions';
import css from './registration.module.css';
import type { Guide } from './types';

/** Which registration, why, what it takes, what it costs, how much may be sent and how long it takes. Before any fee. */
export function Way({ guide }: { guide: Guide }) {
  const w = useWords(catalogue);
  const { choice } = guide;
  if (!choice) return null;
  if (choice.path === 'refused') {
    return (
      <Panel>
        <Refused what={guide.refused.map((t) => w.trades[t].toLowerCase()).join(', ')} />
      </Panel>
    );
  }
  if (choice.path === 'elsewhere') {
    return (
      <Panel title={w.elsewhere.title}>
        <p className={css.measure}>{w.elsewhere.body}</p>
      </Panel>
    );
  }
  const path = w.way.paths[choice.path];
  return (
    <>
      <Panel title={w.way.title(path.name)} hint={guide.hasTollFree && choice.path === 'toll-free' ? w.way.ownTollFree : path.why}>
        <h3 className={css.subtitle}>{w.way.takesTitle}</h3>
        <ul className={css.takes}>
          {choice.takes.map((t) => (
            <li key={t}>
              <IconPointFilled size={14} aria-hidden />
              <span>{t === 'legal-name' && choice.takes.includes('own-mobile') ? w.way.ownName : w.way.takes[t]}</span>
            </li>
          ))}
        </ul>
        <Also guide={guide} />
      </Panel>
      {choice.makePages && (
        <Panel
          tone="accent"
          title={w.way.makePages}
          action={
            <Button size="xs" variant="default" onClick={() => go({ screen: 'registration', part: 'pages' }, { replace: true })}>
              {w.way.makePagesButton}
            </Button>
          }
        >
          <p className={css.measure}>{w.way.makePagesBody}</p>
        </Panel>
      )}
      <Columns min={380}>
        <Costs guide={guide} />
        <Limits guide={guide} />
      </Columns>
    </>
  );
}

/** A toll-free number instead, or back. */
function Also({ guide }: { guide: Guide }) {
  const w = useWords(catalogue).way;
  const answer = useCommand('registration/answer');
  const { choice, answers, hasTollFree } = guide;
  if (!choice?.also || !answers || hasTollFree) return null;
  const tollFree = choice.also === 'toll-free';
  return (
    <div className={css.also}>
      <span className={css.quiet}>{w.also(w.paths[choice.also].short)}</span>
      <Button
        size="xs"
        variant="default"
        loading={answer.busy}
        onClick={() => void answer.run({ trades: answers.trades, ein: answers.ein, website: answers.website, tollFree })}
      >
        {tollFree ? w.takeTollFree : w.takeLocal}
      </Button>
      <ErrorNote error={answer.error} />
    </div>
  );
}

function Costs({ guide }: { guide: Guide }) {
  const w = useWords(catalogue).way;
  const { locale } = useShell();
  const prices = useQuery('registration/prices', {}, { enabled: guide.mode !== 'none' });
  const { costs } = guide;
  if (!costs) return null;
  const usd = (n: number) => micros(n, 'USD', locale);
  const span = (r: { low: number; high: number }) => (r.low === r.high ? usd(r.low) : `${usd(r.low)}–${usd(r.high)}`);
  const sources = [...new Set(costs.fees.map((f) => f.source))];
  const price = prices.data;
  return (
    <Panel title={w.costTitle}>
      <table className={css.fees}>
        <tbody>
          {costs.fees.map((f) => (
            <tr key={f.kind}>
              <th scope="row">{w.fees[f.kind]}</th>
              <td>{f.per === 'free' ? w.free : `${w.costAbout} ${span(f)} ${w[f.per]}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.total}>
        {costs.total.once.high === 0 ? w.totalFree(span(costs.total.month)) : w.total(span(costs.total.once), span(costs.total.month))}
      </p>
      <p className={css.quiet}>{w.checked(dayText(costs.checked, locale, Date.now()))}</p>
      <ul className={css.sources}>
        {sources.map((s) => (
          <li key={s}>
            <span>{s.replace(/^https:\/\//, '')}</span>
            <CopyButton text={s} label={w.copySource} />
          </li>
        ))}
      </ul>
      <p className={css.quiet}>
        {price
          ? w.text(
              micros(price.outbound, price.currency, locale),
              price.inbound === null ? null : micros(price.inbound, price.currency, locale),
            )
          : w.textUnknown}
      </p>
    </Panel>
  );
}

function Limits({ guide }: { guide: Guide }) {
  const w = useWords(catalogue).way;
  const { locale } = useShell();
  const { limits, tracker, onList } = guide;
  if (!limits) return null;
  const day = (d: string) => dayText(d, locale, Date.now());
  const days = limits.partsPerDay === null ? 1 : Math.max(1, Math.ceil(onList / limits.partsPerDay));
  return (
    <Panel title={w.limitsTitle}>
      <p>{limits.partsPerDay === null ? w.noLimit : w.perDay(count(limits.partsPerDay, locale))}</p>
      {onList > 0 && <p>{w.days(count(onList, locale), days)}</p>}
      {limits.numbers === 'one' && <p className={css.quiet}>{w.oneNumber}</p>}
      {tracker?.ready && (
        <>
          <h3 className={css.subtitle}>{w.whenTitle}</h3>
          <p>{w.when(day(tracker.ready.from), day(tracker.ready.to))}</p>
          <p className={css.quiet}>{w.whenNote}</p>
        </>
      )}
    </Panel>
  );
}
