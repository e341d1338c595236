import { mayOverride } from '@domain/offers/may-redeem';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { givesWords, refusalWords } from '@renderer/screens/offers/say';
import { useSaying } from '@renderer/screens/offers/useSaying';
import { useWords } from '@renderer/strings';
import { desk as catalogue } from '@renderer/strings/desk';
import { Note, When } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import css from './counter.module.css';
import type { CodeAnswer, CounterWords } from './words';

/** What is wrong with a code, and what to do then. A good code is shown by RedeemPanel. */
export function CodePanel({
  answer,
  words: w,
  onUndo,
  onHonour,
}: {
  answer: Exclude<CodeAnswer, { state: 'ok' }>;
  words: CounterWords;
  onUndo: (id: number) => void;
  /** The owner gives it all the same. */
  onHonour: (answer: Extract<CodeAnswer, { state: 'refused' }>) => void;
}) {
  const { shop, locale } = useShell();
  const s = useSaying();
  const d = useWords(catalogue);
  switch (answer.state) {
    case 'typo':
      return (
        <Note tone="warn" title={w.code.typo} role="alert">
          <p>{w.code.typoHint}</p>
        </Note>
      );
    case 'unknown':
      return (
        <Note tone="warn" title={w.code.unknown} role="alert">
          <p>{w.code.unknownHint}</p>
        </Note>
      );
    case 'card-typo':
    case 'card-unknown':
      return (
        <Note tone="warn" title={answer.state === 'card-typo' ? d.card.typo : d.card.unknown} role="alert">
          <p>{answer.state === 'card-typo' ? d.card.typoHint : d.card.unknownHint}</p>
        </Note>
      );
    case 'locked':
      return (
        <Note tone="danger" title={w.code.locked(answer.seconds)} role="alert">
          <p>{w.code.lockedHint}</p>
        </Note>
      );
    case 'used':
      return (
        <Note
          tone="danger"
          title={w.code.used}
          role="alert"
          action={
            answer.undoable !== null && (
              <Button
                variant="default"
                size="md"
                className={css.touch ?? ''}
                onClick={() => answer.undoable !== null && onUndo(answer.undoable)}
              >
                {w.code.undo}
              </Button>
            )
          }
        >
          <p>
            {givesWords(answer.offer, s, answer.offer.name)}
            {answer.person && ` · ${answer.person.name}`}
            {answer.at !== null && (
              <>
                {' · '}
                {w.code.usedAt} <When at={answer.at} near />
              </>
            )}
          </p>
        </Note>
      );
    case 'refused': {
      const said = refusalWords(answer.refusal, s, Date.now());
      const kind = mayOverride(answer.refusal);
      return (
        <Note
          tone="warn"
          title={said.title}
          role="alert"
          action={
            answer.mayHonour && (
              <Button variant="default" size="md" className={css.touch ?? ''} onClick={() => onHonour(answer)}>
                {s.w.honour}
              </Button>
            )
          }
        >
          <p>{[givesWords(answer.offer, s, answer.offer.name), answer.person?.name].filter(Boolean).join(' · ')}</p>
          <p>
            {said.hint} {kind && !answer.mayHonour && answer.refusal.why !== 'find-member' && s.w.askOwner}
          </p>
        </Note>
      );
    }
    case 'void':
      return (
        <Note tone="warn" title={w.code.void} role="alert">
          <p>{givesWords(answer.offer, s, answer.offer.name)}</p>
          {answer.at !== null && answer.why !== null && (
            <p>{s.w.voided[answer.why](when(answer.at, 'day', shop.zone, locale, Date.now()))}</p>
          )}
        </Note>
      );
  }
}
