import { Button } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import { Chip, Panel } from '@renderer/ui';
import { phone } from '@renderer/ui/format';
import type { Health } from './AccountScreen';
import css from './account.module.css';
import { useSay } from './useSay';

const TONE = { approved: 'good', pending: 'info', rejected: 'danger', suspended: 'danger', missing: 'warn', unknown: 'neutral' } as const;
const FEATURES = ['messages', 'numbers', 'services', 'registration', 'toll-free', 'balance', 'pricing', 'usage', 'geo', 'lookup'] as const;

/** Where texts leave from, how the service treats them, and how far the carriers are. */
export function SenderPanel({ health: h }: { health: Health }) {
  const w = useWords(catalogue).sender;
  const say = useSay(h.price.currency);
  const s = h.sender;
  return (
    <Panel
      title={w.title}
      action={
        h.mode === 'twilio' && (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'registration' })}>
            {w.way}
          </Button>
        )
      }
    >
      <dl className={css.facts}>
        {s && (
          <>
            <dt>{w.from}</dt>
            <dd>
              {s.numbers.map((n) => (
                <span key={n.number} className={css.line}>
                  <span className="rg-num">{phone(n.number)}</span> <span className={css.quiet}>{w.kinds[n.kind]}</span>
                </span>
              ))}
            </dd>
            {h.mode === 'twilio' && <Approval sender={s} />}
            <dt>{w.service}</dt>
            <dd>{s.service?.name ?? w.noService}</dd>
            {s.service && <Service service={s.service} />}
          </>
        )}
        <dt>{w.daily}</dt>
        <dd>
          {h.daily.limit === null
            ? w.dailyNone
            : h.daily.from === 'owner' || !h.daily.seen
              ? w.dailyOwn(say.n(h.daily.limit))
              : w.dailyWords(say.n(h.daily.limit), w.dailyTiers[h.daily.seen.tier])}
          {h.daily.limit !== null && <span className={css.line}>{w.resets(say.when(h.daily.resetsAt))}</span>}
        </dd>
        <dt>{w.stopWords}</dt>
        <dd className={css.quiet}>{w.stopWordsHint}</dd>
      </dl>
      {h.may && <May may={h.may} />}
    </Panel>
  );
}

function Approval({ sender: s }: { sender: NonNullable<Health['sender']> }) {
  const w = useWords(catalogue).sender;
  const say = useSay('USD');
  const { approval, brand, campaign } = s;
  return (
    <>
      <dt>{w.approval}</dt>
      <dd>
        <Chip tone={TONE[approval.state]} dot>
          {w.states[approval.state]}
        </Chip>{' '}
        {approval.since !== null && <span className={css.quiet}>{w.since(say.day(approval.since))}</span>}
        {approval.complaints.map((c) => (
          <span key={`${c.code} ${c.text}`} className={css.line}>
            {c.text} {c.code !== null && <span className={css.quiet}>({c.code})</span>}
          </span>
        ))}
      </dd>
      {brand && (
        <>
          <dt>{w.brand}</dt>
          <dd>
            {w.brandStatus[brand.status]}
            {brand.score !== null && `, ${w.score(say.n(brand.score))}`}
            {/sole/i.test(brand.type) && `, ${w.sole}`}
          </dd>
        </>
      )}
      {campaign && (
        <>
          <dt>{w.campaign}</dt>
          <dd>
            {campaign.usecase.toLowerCase().replaceAll('_', ' ') || '—'}, {w.brandStatus[campaign.status]}
          </dd>
        </>
      )}
    </>
  );
}

function Service({ service: s }: { service: NonNullable<NonNullable<Health['sender']>['service']> }) {
  const w = useWords(catalogue).sender;
  const say = useSay('USD');
  return (
    <>
      <dt>{w.replies}</dt>
      <dd>{s.logsReplies ? w.repliesKept : w.repliesLost}</dd>
      <dt>{w.encoding}</dt>
      <dd>{s.smartEncoding ? w.encodingOn : w.encodingOff}</dd>
      <dt>{w.wait}</dt>
      <dd>
        {s.validitySeconds >= 7200
          ? w.hours(say.n(Math.round(s.validitySeconds / 3600)))
          : w.minutes(say.n(Math.round(s.validitySeconds / 60)))}
      </dd>
      {s.statusCallback && (
        <>
          <dt>{w.callback}</dt>
          <dd>{w.callbackOn}</dd>
        </>
      )}
    </>
  );
}

function May({ may }: { may: NonNullable<Health['may']> }) {
  const w = useWords(catalogue);
  return (
    <details className={css.may}>
      <summary>{w.sender.key}</summary>
      <ul>
        {FEATURES.map((f) => (
          <li key={f}>
            <span>{w.features[f]}</span>
            <Chip tone={may[f] === 'yes' ? 'good' : may[f] === 'no' ? 'warn' : 'neutral'}>{w.sender.may[may[f]]}</Chip>
          </li>
        ))}
      </ul>
    </details>
  );
}
