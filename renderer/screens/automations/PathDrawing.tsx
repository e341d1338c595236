import { KINDS } from '@domain/automations/kinds';
import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { Panel } from '@renderer/ui';
import { IconBolt, IconClock, IconHandStop, IconMessage, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './path.module.css';
import { plainWords } from './ReadyMade';
import { atWords, type One, saysOf, useDaySay } from './say';
import { useClubs } from './useClubs';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** One automation as a short path, read from left to right: when, who, how long after, what they read, and what makes it needless. */
export function PathDrawing({ a, onEdit }: { a: One; onEdit: () => void }) {
  const w = useWords(catalogue);
  const say = useDaySay();
  const { locale } = useShell();
  const club = useClubs();
  const at = atWords(a.atMinute, locale);
  const { waits } = KINDS[a.kind];
  return (
    <Panel
      title={w.path.title}
      action={
        <Button size="xs" variant="default" onClick={onEdit}>
          {w.one.change}
        </Button>
      }
    >
      <ol className={css.path}>
        <Step icon={<IconBolt {...icon} />} title={w.path.steps.trigger}>
          <strong>{w.kinds[a.kind].trigger(a.terms, { money: say.cents, club })}</strong>
        </Step>
        <Step icon={<IconUsers {...icon} />} title={w.path.steps.who}>
          <Who a={a} />
        </Step>
        <Step icon={<IconClock {...icon} />} title={w.path.steps.wait}>
          <p>
            {waits === 'none'
              ? w.path.waitAtOnce
              : waits === 'hour' || a.waitDays === 0
                ? w.path.waitNone(at)
                : w.path.wait(a.waitDays, at)}
          </p>
          {a.uses.includes('goodFor') && <p className={css.quiet}>{w.path.goodFor(a.terms.goodFor)}</p>}
          {a.mostPerDay !== null && <p className={css.quiet}>{w.path.mostPerDay(say.n(a.mostPerDay))}</p>}
        </Step>
        <Step icon={<IconMessage {...icon} />} title={w.path.steps.text}>
          <Texts a={a} />
        </Step>
        <Step icon={<IconHandStop {...icon} />} title={w.path.steps.stops}>
          <Stops a={a} />
        </Step>
      </ol>
    </Panel>
  );
}

function Step({ icon: sign, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li className={css.step}>
      <h3>
        {sign}
        {title}
      </h3>
      <div className={css.body}>{children}</div>
    </li>
  );
}

/** Its parts with what their groups are called; the one without a group is for everybody left. */
export function usePartNames(a: One): { name: string | null; body: string; offerId: number | null }[] {
  const { data: groups } = useQuery('segments/list', {});
  const { pattern: p } = a;
  const parts = [{ name: p.partName, segmentId: p.segmentId, body: p.body, offerId: p.offerId }, ...p.more];
  return parts.map((x) => ({
    name: x.segmentId === null ? null : x.name || (groups?.find((g) => g.id === x.segmentId)?.name ?? '…'),
    body: x.body,
    offerId: x.offerId,
  }));
}

function Who({ a }: { a: One }) {
  const w = useWords(catalogue).path;
  const club = useClubs();
  const { data: topics } = useQuery('kit/topics', {});
  const parts = usePartNames(a);
  const named = parts.flatMap((p) => (p.name === null ? [] : [p.name]));
  const rest = parts.some((p) => p.name === null);
  if (a.service) return <p>{w.service}</p>;
  return (
    <>
      {named.length === 0 && <p>{w.everybody}</p>}
      {named.length > 0 && !rest && <p>{named.length === 1 ? w.onlyGroup(named[0] ?? '') : w.groups(named.join(', '))}</p>}
      {named.length > 0 && rest && (
        <p>
          {w.groups(named.join(', '))}, {w.restToo}
        </p>
      )}
      {(topics?.length ?? 0) > 1 && <p className={css.quiet}>{w.topic(club(a.pattern.topic))}</p>}
    </>
  );
}

function Texts({ a }: { a: One }) {
  const w = useWords(catalogue).path;
  const { shop } = useShell();
  const { data: offers } = useQuery('offers/list', {});
  const parts = usePartNames(a);
  const says = (part: number, body: string) => plainWords(saysOf(a.pattern, part, body), shop.name) || w.noWords;
  return (
    <>
      {parts.map((p, i) => {
        const own = a.pattern.words.filter((x) => x.part === i + 1);
        const extra = [
          own.some((x) => x.language === 'es') && w.spanish,
          own.some((x) => x.arm === 'b') && w.second,
          ...(i === 0 ? [w.channels[a.pattern.channels]] : []),
        ].filter(Boolean);
        const offer = p.offerId === null ? null : (offers?.find((o) => o.id === p.offerId)?.name ?? '…');
        return (
          // a part is its place
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
          <div key={i} className={css.text}>
            {parts.length > 1 && <p className={css.quiet}>{p.name === null ? w.forRest : w.forGroup(p.name)}</p>}
            <p className={css.bubble}>{says(i + 1, p.body)}</p>
            {(extra.length > 0 || offer !== null) && (
              <p className={css.quiet}>{[offer !== null && w.offer(offer), ...extra].filter(Boolean).join(' · ')}</p>
            )}
          </div>
        );
      })}
    </>
  );
}

function Stops({ a }: { a: One }) {
  const w = useWords(catalogue).path.stops;
  const { stops: s } = a;
  const lines = [
    (s.came || KINDS[a.kind].away) && w.came,
    s.replied && w.replied,
    s.redeemed && w.redeemed,
    s.bought !== null && w.bought(s.bought.name),
    s.textedDays !== null && w.texted(s.textedDays),
    !a.service && w.caps,
    w.month,
  ].filter((x): x is string => typeof x === 'string');
  return (
    <ul className={css.stops}>
      {lines.map((l) => (
        <li key={l}>{l}</li>
      ))}
    </ul>
  );
}
