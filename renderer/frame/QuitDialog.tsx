import { Button } from '@mantine/core';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { background as words } from '@renderer/strings/background';
import { shell as shellWords } from '@renderer/strings/shell';
import { Dialog } from '@renderer/ui/Dialog';
import { CheckField } from '@renderer/ui/Fields';
import { count, duration, when, whenNear } from '@renderer/ui/format';
import { useState } from 'react';
import css from './background.module.css';
import type { QuitQuestion } from './useQuitQuestion';

type Leaving = NonNullable<QuitQuestion['leaving']>;

/** What waits, a line each; the owner only. */
function useFacts(l: Leaving | null): string[] {
  const w = useWords(words).quit;
  const near = useWords(shellWords).days;
  const { shop, locale } = useShell();
  if (!l) return [];
  const n = (x: number) => count(x, locale);
  const now = Date.now();
  const at = (t: number) => whenNear(t, shop.zone, locale, now, near);
  const leaving = l.underWay + l.now;
  return [
    ...(l.preparing > 0 && leaving === 0 ? [w.preparing] : []),
    ...(leaving > 0
      ? [
          `${w.now(n(leaving), leaving === 1, duration(l.lasts ?? 0, locale))}${
            l.closesAt !== null && l.lasts !== null && l.lasts > (l.beforeClose ?? 0)
              ? ` ${w.until(when(l.closesAt, 'time', shop.zone, locale, now))}`
              : ''
          }`,
        ]
      : []),
    ...(l.later.count > 0
      ? [
          l.later.next === null
            ? w.laterOpen(n(l.later.count), l.later.count === 1)
            : w.later(n(l.later.count), l.later.count === 1, at(l.later.next)),
        ]
      : []),
    ...(l.scheduled.next !== null ? [w.scheduled(n(l.scheduled.campaigns), l.scheduled.campaigns === 1, at(l.scheduled.next))] : []),
    ...(l.atCarrier.count > 0 ? [w.atCarrier(n(l.atCarrier.count), l.atCarrier.count === 1)] : []),
  ];
}

/** Before quitting: what would stay behind, and what each choice means. Esc and the cross mean "cancel". */
export function QuitDialog({
  question: q,
  answer,
}: {
  question: QuitQuestion;
  answer: (choice: 'background' | 'quit' | 'cancel', remember: boolean) => void;
}) {
  const w = useWords(words).quit;
  const { locale } = useShell();
  const facts = useFacts(q.leaving);
  const [always, setAlways] = useState(false);
  const l = q.leaving;
  const n = l === null ? 0 : l.underWay + l.now + l.later.count + l.scheduled.people;
  return (
    <Dialog
      open
      onClose={() => answer('cancel', false)}
      title={n > 0 ? w.title(count(n, locale), n === 1) : w.titlePlain}
      width={600}
      actions={
        <>
          <Button variant="default" onClick={() => answer('cancel', false)}>
            {w.cancel}
          </Button>
          <Button variant="default" onClick={() => answer('quit', always)}>
            {w.quit}
          </Button>
          <Button data-autofocus onClick={() => answer('background', always)}>
            {w.background}
          </Button>
        </>
      }
    >
      {facts.length > 0 && (
        <ul className={css.facts}>
          {facts.map((f) => (
            <li key={f}>{f}</li>
          ))}
        </ul>
      )}
      <dl className={css.choices}>
        <dt>{w.background}</dt>
        <dd>{q.trayIsSeen ? w.backgroundHint[q.system] : w.backgroundHint.unseen}</dd>
        <dt>{w.quit}</dt>
        <dd>{w.quitHint}</dd>
      </dl>
      {q.cause === 'window' && <CheckField label={w.always} checked={always} onChange={setAlways} />}
    </Dialog>
  );
}
