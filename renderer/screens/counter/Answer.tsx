import { Button } from '@mantine/core';
import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import type { counter as catalogue } from '@renderer/strings/counter';
import { desk as deskWords } from '@renderer/strings/desk';
import { EmptyState, SkeletonLines, useDelayed } from '@renderer/ui';
import { IconUserQuestion } from '@tabler/icons-react';
import { type KeyboardEvent as KeyboardEventOf, type ReactNode, useEffect, useRef, useState } from 'react';
import { PersonTools } from './BusyTools';
import { CodePanel } from './CodePanel';
import css from './counter.module.css';
import { EnterDraw } from './EnterDraw';
import { LoyaltyCard } from './LoyaltyCard';
import { PersonCard } from './PersonCard';
import type { StopTarget } from './StopDialog';
import type { CodeAnswer, Person } from './words';

type Found = Out<'counter/find'>;

/** What Enter should do first for somebody: their first offer, else opening the card, else "here now". */
const firstOf = (card: HTMLElement | undefined): HTMLElement | null =>
  card?.querySelector<HTMLElement>('[data-first-action]') ?? card?.querySelector<HTMLElement>('button:not(:disabled)') ?? null;

interface AnswerProps {
  found: Found | undefined;
  /** Enter was pressed, or it was scanned: the keys go on from here. */
  entered: boolean;
  waiting: boolean;
  /** What stands in the box, when it is a whole phone number. */
  number: string | null;
  words: (typeof catalogue)['en'];
  here: ReadonlySet<number>;
  under: (p: Person) => ReactNode;
  onUndo: (id: number) => void;
  /** The owner gives what does not count now. */
  onHonour: (answer: Extract<CodeAnswer, { state: 'refused' }>) => void;
  onHere: (p: Person) => void;
  onStop: (t: StopTarget) => void;
  onPreferences: (p: Person) => void;
  onSignUp: () => void;
  onRedeem: (p: Person, o: Person['offers'][number]) => void;
}

/** Who was found, or what is wrong with a code. Enter in the box goes to the first; digits and arrows choose among several. */
export function Answer({ found, entered, waiting, number, words: w, here, under, ...on }: AnswerProps) {
  const d = useWords(deskWords);
  const grey = useDelayed(waiting);
  const list = useRef<HTMLUListElement>(null);
  const [picked, setPicked] = useState<number | null>(null);
  const ids = found?.people.map((p) => p.id).join() ?? '';
  const cards = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-person]') ?? [])];
  const goTo = (i: number) => firstOf(cards()[i])?.focus();
  const pick = (i: number) => {
    const id = found?.people[i]?.id;
    if (id === undefined) return;
    setPicked(id);
    // unless somebody was quicker and writes already
    requestAnimationFrame(() => document.activeElement?.closest('[data-notes]') || goTo(i));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer, not whenever it is drawn
  useEffect(() => {
    setPicked(null);
    if (entered && ids !== '') goTo(0);
  }, [ids, entered]);
  // From the big box: down goes to the people, Alt with a digit opens one at once.
  const latest = useRef({ pick, goTo });
  latest.current = { pick, goTo };
  useEffect(() => {
    if (ids === '') return;
    const onKey = (e: KeyboardEvent) => {
      if (!(document.activeElement instanceof HTMLElement) || !document.activeElement.hasAttribute('data-big-box')) return;
      if (e.key === 'ArrowDown') {
        e.preventDefault();
        latest.current.goTo(0);
      } else if (e.altKey && /^[1-9]$/.test(e.key)) {
        e.preventDefault();
        latest.current.pick(Number(e.key) - 1);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [ids]);
  // Captured before the big box takes digits for itself.
  useEffect(() => {
    const onDigit = (e: KeyboardEvent) => {
      const at = document.activeElement;
      if (!/^[1-9]$/.test(e.key) || e.ctrlKey || e.metaKey || e.altKey) return;
      if (!(at instanceof HTMLButtonElement) || !list.current?.contains(at) || at.closest('[data-notes]')) return;
      if (Number(e.key) > cards().length || cards().length < 2) return;
      e.preventDefault();
      e.stopImmediatePropagation();
      latest.current.pick(Number(e.key) - 1);
    };
    document.documentElement.addEventListener('keydown', onDigit, true);
    return () => document.documentElement.removeEventListener('keydown', onDigit, true);
  });
  const walk = (e: KeyboardEventOf<HTMLUListElement>) => {
    const at = document.activeElement;
    if (!(at instanceof HTMLButtonElement) || (e.key !== 'ArrowDown' && e.key !== 'ArrowUp')) return;
    const all = cards();
    const here = all.findIndex((c) => c.contains(at));
    if (here < 0) return;
    e.preventDefault();
    if (e.key === 'ArrowUp' && here === 0) document.querySelector<HTMLElement>('[data-big-box]')?.focus();
    else firstOf(all[here + (e.key === 'ArrowDown' ? 1 : -1)])?.focus();
  };
  if (!found) return grey ? <SkeletonLines lines={3} height={28} /> : null;
  if (found.code && found.code.state !== 'ok') return <CodePanel answer={found.code} words={w} onUndo={on.onUndo} onHonour={on.onHonour} />;
  if (found.people.length === 0) {
    return (
      <EmptyState
        compact
        icon={<IconUserQuestion size={28} stroke={1.6} />}
        title={number ? w.nobodyNumber : w.nobody}
        action={
          <>
            <Button size="lg" variant="light" className={css.touch ?? ''} onClick={on.onSignUp}>
              {w.actions.signUp}
            </Button>
            {number && (
              <Button
                size="lg"
                variant="default"
                className={css.touch ?? ''}
                onClick={() => on.onStop({ customerId: null, phone: number, who: null })}
              >
                {w.stop.number}
              </Button>
            )}
          </>
        }
      >
        {number ? w.nobodyNumberHint : w.nobodyHint}
      </EmptyState>
    );
  }
  const one = found.people.length === 1;
  return (
    <>
      <p className={css.howMany}>
        {found.more ? w.more : `${w.people(found.people.length)}.`} {d.pick.hint(found.people.length)}
      </p>
      {/* Letters typed here still go to the big box; digits and arrows walk the people. */}
      <ul ref={list} className={css.people} onKeyDown={walk} {...(!one && { 'data-digits': true })}>
        {found.people.map((p, i) => (
          <PersonCard
            key={p.id}
            person={p}
            words={w}
            {...(!one && { number: i + 1 })}
            open={one || picked === p.id}
            onOpen={() => pick(i)}
            here={here.has(p.id)}
            onRedeem={(o) => on.onRedeem(p, o)}
            onHere={() => on.onHere(p)}
            onStop={() => on.onStop({ customerId: p.id, phone: null, who: p.name || null })}
            tools={<PersonTools customerId={p.id} hasPhone={p.phoneEnd !== null} onPreferences={() => on.onPreferences(p)} />}
          >
            {(one || picked === p.id) && <LoyaltyCard customerId={p.id} onRedeem={(o) => on.onRedeem(p, o)} />}
            {(one || picked === p.id) && <EnterDraw customerId={p.id} />}
            {under(p)}
          </PersonCard>
        ))}
      </ul>
    </>
  );
}
