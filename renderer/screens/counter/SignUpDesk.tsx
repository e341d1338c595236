import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import { useLanguage, useWords } from '@renderer/strings';
import { orders } from '@renderer/strings/orders';
import { signUpDesk as catalogue } from '@renderer/strings/sign-up-desk';
import { ErrorNote, Note } from '@renderer/ui';
import { IconDeviceTablet } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import css from './busy.module.css';
import { HandOverKey } from './FinishLater';
import { holdKeys, takeKeys } from './first-keys';
import type { NewMember } from './SignUp';

interface SignUpDesk {
  /** F3: it is the customer's turn. With a person: what they want to change about themselves. */
  start: (customerId?: number) => void;
  /** Above the counter: how far the customer is on their display, and how the last turn ended. */
  panel: ReactNode;
}

/** Turns the screen to a customer, or sends them to their own display, and tells staff what came of it. */
export function useSignUpDesk(onMember: (member: NewMember) => void): SignUpDesk {
  const language = useLanguage((s) => s.language);
  const turn = useCommand('sign-up/turn');
  const { run } = turn;
  const display = useQuery('sign-up/desk', {}).data?.display === true;
  const turning = useRef(false);
  const start = useCallback(
    async (customerId?: number) => {
      if (turning.current) return;
      turning.current = true;
      // This very screen becomes the customer's: what is typed while it turns is their number already.
      if (!display && customerId === undefined) holdKeys();
      const turned = await run({ language, customerId: (customerId ?? null) as never });
      turning.current = false;
      if (turned?.where !== 'counter') takeKeys();
    },
    [run, language, display],
  );
  return {
    start: useCallback((customerId?: number) => void start(customerId), [start]),
    panel: (
      <>
        <ErrorNote error={turn.error} />
        <HandOverKey />
        <CustomerTurn onMember={onMember} />
      </>
    ),
  };
}

/** The turn whose end has been acted on. */
let taken = 0;

function CustomerTurn({ onMember }: { onMember: (member: NewMember) => void }) {
  const w = useWords(catalogue).turn;
  const o = useWords(orders).turn;
  const desk = useQuery('sign-up/desk', {}).data;
  const cancel = useCommand('sign-up/cancel');
  const seen = useCommand('sign-up/seen');
  const { run: see } = seen;
  const ended = desk?.turn ? null : (desk?.ended ?? null);
  // Somebody who signed up just now can have a receipt tied to them at once; once, also when the counter is drawn anew.
  useEffect(() => {
    if (!ended || ended.turn <= taken) return;
    taken = ended.turn;
    if (ended.what === 'sign-up' && ended.customerId !== null && ended.outcome === 'in')
      onMember({ id: ended.customerId, name: ended.name });
  }, [ended, onMember]);
  if (!desk) return null;
  if (desk.turn) {
    return (
      <div className={css.turn} role="status" data-customer-turn={desk.turn.step}>
        <IconDeviceTablet size={28} stroke={1.6} aria-hidden />
        <div className={css.turnWords}>
          <strong>{desk.turn.what === 'sign-up' ? w.title : desk.turn.what === 'order' ? o.title : w.preferences}</strong>
          <span>{w.steps[desk.turn.step]}</span>
        </div>
        <Button variant="default" size="md" className={css.touch ?? ''} onClick={() => void cancel.run({})}>
          {w.cancel}
        </Button>
      </div>
    );
  }
  if (!ended) return null;
  const who = ended.name || w.somebody;
  const said =
    ended.what === 'order' && (ended.outcome === 'in' || ended.outcome === 'member' || ended.outcome === 'needs-start')
      ? o[ended.outcome](who)
      : ended.what === 'preferences'
        ? ended.outcome === 'in'
          ? w.preferred
          : w.stopped
        : w.ended[ended.outcome](who);
  return (
    <Note
      tone={ended.outcome === 'in' || ended.outcome === 'member' ? 'good' : 'info'}
      title={said}
      role="status"
      action={
        <Button variant="subtle" size="md" onClick={() => void see({})}>
          {w.dismiss}
        </Button>
      }
    />
  );
}
