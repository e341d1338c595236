import type { OutboxId } from '@domain/kernel';
import { showCode } from '@domain/offers/code';
import type { Out } from '@renderer/api';
import { WhenCanI } from '@renderer/screens/consent/WhenCanI';
import { TopicNames } from '@renderer/screens/kit/TopicNames';
import { useWords } from '@renderer/strings';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { why as catalogue, type WhyWords } from '@renderer/strings/why';
import { When } from '@renderer/ui';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { reasonWords } from '../campaigns/words';
import { HistoryButton } from '../texts/HistoryButton';
import css from './why.module.css';

export type Answer = Out<'why/campaign'>;

/** Everything that decided whether one person got one campaign, the answer first. */
export function WhyAnswer({ answer: a }: { answer: Answer }) {
  const w = useWords(catalogue);
  const c = useWords(campaignWords);
  const { name } = a.person;
  const why = a.reason !== null && a.reason !== '' && a.outcome !== 'got' ? reasonWords(a.reason, c) : null;
  return (
    <div className={css.answer}>
      <div className={css.head} role="status">
        <p className={css.outcome}>
          {w.outcome(a.outcome, name)}
          {why && `: ${why}`}
        </p>
        {a.outcome === 'comparison' && <p className={css.quiet}>{w.comparisonBody}</p>}
        {!a.started && <p className={css.quiet}>{w.asOfNow}</p>}
        {a.outcome === 'would-get' && (a.campaign.holdoutPercent ?? 0) > 0 && (
          <p className={css.quiet}>{w.chance(a.campaign.holdoutPercent ?? 0)}</p>
        )}
      </div>
      {a.text && <TheText answer={a} words={w} />}
      {a.path && <Path path={a.path} words={w} />}
      {a.groups.map((g) => (
        <Group key={g.position} group={g} answer={a} words={w} />
      ))}
      <Standing answer={a} words={w} />
    </div>
  );
}

function TheText({ answer: a, words: w }: { answer: Answer; words: WhyWords }) {
  const t = a.text;
  if (!t) return null;
  const did = [
    [a.did.tappedAt, w.tapped],
    [a.did.repliedAt, w.replied],
    [a.did.redeemedAt, w.redeemed],
  ] as const;
  const words = a.read
    ? [a.read.language && w.languages[a.read.language], a.read.arm === 'b' && w.arm.b, a.read.links && w.links[a.read.links]]
    : [];
  return (
    <section className={css.section}>
      <h3>
        {w.text} <HistoryButton id={t.outboxId as OutboxId} />
      </h3>
      {t.body !== '' && <p className={css.bubble}>{t.body}</p>}
      <dl className={css.facts}>
        {a.read && (a.read.parts > 1 || words.some((x) => x && x !== w.languages.en)) && (
          <Fact label={w.read}>{[a.read.parts > 1 && w.groupOf(a.read.part, a.read.name), ...words].filter(Boolean).join(', ')}</Fact>
        )}
        {t.leftAt !== null && (
          <Fact label={w.left}>
            <When at={t.leftAt} />
          </Fact>
        )}
        {t.state === 'delivered' && t.finalAt !== null && (
          <Fact label={w.arrived}>
            <When at={t.finalAt} />
          </Fact>
        )}
        {t.leftAt === null && t.retryAt !== null && (
          <Fact label={w.again}>
            <When at={t.retryAt} near />
          </Fact>
        )}
        {did.some(([at]) => at !== null) && (
          <Fact label={w.did}>
            {did.map(([at, what]) =>
              at === null ? null : (
                <div key={what}>
                  {what} <When at={at} near />
                </div>
              ),
            )}
            {t.code !== null && a.did.redeemedAt !== null && showCode(t.code)}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Path({ path: p, words: w }: { path: NonNullable<Answer['path']>; words: WhyWords }) {
  const { move } = p;
  return (
    <section className={css.section}>
      <h3>{w.path}</h3>
      <p className={css.quiet}>
        {w.pathFrom(p.parentName)}{' '}
        {p.inParent === null || p.inParent === 'excluded'
          ? w.pathNotIn
          : move === null
            ? w.pathWaiting
            : move.toName !== null && move.reaction !== null
              ? w.pathTook(w.reaction(move.reaction), move.toName)
              : w.pathEnded(w.end(move.reason ?? move.reaction ?? ''))}
      </p>
    </section>
  );
}

function Group({ group: g, answer: a, words: w }: { group: Answer['groups'][number]; answer: Answer; words: WhyWords }) {
  const several = a.groups.length > 1;
  const was = a.at !== null && a.outcome !== 'joined-later' && (a.read?.part ?? null) === g.position;
  const earlier = several && g.belongs && a.groups.some((o) => o.position < g.position && o.belongs);
  return (
    <section className={css.section}>
      <h3>{several ? w.groupOf(g.position, g.name) : w.group}</h3>
      <p className={css.quiet}>{g.sentence}</p>
      <ul className={css.conditions}>
        <li data-good={g.belongs}>
          {g.belongs ? <IconCircleCheck size={20} stroke={1.75} aria-hidden /> : <IconCircleX size={20} stroke={1.75} aria-hidden />}
          <span>
            <strong>{g.belongs ? w.belongs : w.belongsNot}.</strong> {g.nobody && w.nobody}
            {a.started && !g.nobody && (was && !g.belongs ? w.changed : w.today)} {earlier && w.earlier}
          </span>
        </li>
        {!g.belongs &&
          g.because.map((b) => (
            <li key={`${b.words} ${b.wanted}`} data-good="false">
              <IconCircleX size={20} stroke={1.75} aria-hidden />
              <span>
                {b.wanted ? w.is(b.words) : w.isNot(b.words)}: <strong>{b.own ?? (b.holds ? w.yes : w.no)}</strong>
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}

function Standing({ answer: a, words: w }: { answer: Answer; words: WhyWords }) {
  return (
    <section className={css.section}>
      <h3>{w.standing}</h3>
      <dl className={css.facts}>
        <Fact label={w.permission}>
          {a.permission === null ? (
            w.noNumber
          ) : (
            <>
              {w.permissionState(a.permission.state)}
              {a.permission.since !== null && a.permission.state !== 'never' && (
                <>
                  {' '}
                  {w.since} <When at={a.permission.since} style="day" />
                </>
              )}
            </>
          )}
        </Fact>
        {a.topic !== null && (
          <Fact label={w.topic}>
            <TopicNames slugs={[a.topic]} />
          </Fact>
        )}
        {a.month && <Fact label={w.month}>{w.monthUsed(a.month.used, a.month.promised)}</Fact>}
        {a.spacing && (
          <Fact label={w.spacing}>
            <When at={a.spacing.lastAt} near /> · {w.spacingDays(a.spacing.days)}
          </Fact>
        )}
        {a.permission?.state === 'in' && (
          <Fact label={w.now}>
            <WhenCanI customerId={a.person.id} />
          </Fact>
        )}
        {a.sameNumber.length > 0 && (
          <Fact label={w.number}>
            {a.sameNumber.map((o) => (
              <div key={o.id}>{o.gotIt ? w.numberGot(o.name) : w.numberToo(o.name)}</div>
            ))}
          </Fact>
        )}
        {a.merged.length > 0 && (
          <Fact label={w.merged}>
            {a.merged.map((m) => (
              <div key={`${m.at} ${m.name}`}>
                {w.mergedWith(m.name)} <When at={m.at} style="day" />
              </div>
            ))}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
