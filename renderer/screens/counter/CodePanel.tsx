import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { desk as catalogue } from '@renderer/strings/desk';
import { Note, When } from '@renderer/ui';
import css from './counter.module.css';
import { type CodeAnswer, type CounterWords, offerWords } from './words';

/** What is wrong with a code, and what to do then. A good code is shown by RedeemPanel. */
export function CodePanel({
  answer,
  words: w,
  onUndo,
}: {
  answer: Exclude<CodeAnswer, { state: 'ok' }>;
  words: CounterWords;
  onUndo: (id: number) => void;
}) {
  const { shop, locale } = useShell();
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
            {offerWords(answer.offer, w, shop.currency, locale)}
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
    case 'expired':
      return (
        <Note tone="warn" title={w.code.expired} role="alert">
          <p>
            {offerWords(answer.offer, w, shop.currency, locale)} · {w.code.expiredAt} <When at={answer.at} />
          </p>
        </Note>
      );
    case 'void':
      return (
        <Note tone="warn" title={w.code.void} role="alert">
          <p>{offerWords(answer.offer, w, shop.currency, locale)}</p>
        </Note>
      );
  }
}
