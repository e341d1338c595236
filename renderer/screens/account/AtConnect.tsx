import { Button } from '@mantine/core';
import type { In, Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import { ErrorNote, Note } from '@renderer/ui';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import css from './account.module.css';
import { type Finding, FindingList } from './Findings';
import { useSay } from './useSay';

type Asked = In<'account/at-connect'>;
export interface AtConnectFound {
  answer: Out<'account/at-connect'> | null;
  busy: boolean;
  error: unknown;
  /** With this the connection is refused; also while nothing is known yet. */
  refuses: boolean;
  again: () => void;
}

/** Looks at the account behind a key that is not stored yet, as soon as a sender is chosen, and again when another is. */
export function useAtConnect(keys: Omit<Asked, 'sender' | 'again'>, sender: Asked['sender'] | null): AtConnectFound {
  const ask = useCommand('account/at-connect');
  const [answer, setAnswer] = useState<{ key: string; value: Out<'account/at-connect'> } | null>(null);
  const [turn, setTurn] = useState(0);
  const asked = useRef('');
  const key = sender === null ? '' : JSON.stringify([keys, sender, turn]);
  const { run, busy } = ask;
  useEffect(() => {
    if (sender === null || busy || asked.current === key) return;
    asked.current = key;
    void run({ ...keys, sender, ...(turn > 0 && { again: true }) }).then((value) => {
      if (value) setAnswer({ key, value });
    });
  }, [key, keys, sender, turn, run, busy]);
  const current = answer?.key === key ? answer.value : null;
  return {
    answer: current,
    busy,
    error: ask.error,
    // an account that cannot be looked at just now does not stand in the way: it is looked at later
    refuses: current?.refuses ?? (ask.error === undefined && sender !== null),
    again: () => setTurn((t) => t + 1),
  };
}

/** What the owner should know before connecting: what refuses it, what warns, what is good to know. */
export function AtConnect({ found, leaveOut = [] }: { found: AtConnectFound; leaveOut?: readonly Finding['code'][] }) {
  const w = useWords(catalogue).atConnect;
  const say = useSay('USD');
  if (found.error !== undefined) return <ErrorNote error={found.error} onRetry={found.again} />;
  if (found.answer === null) return <p role="status">{w.checking}</p>;
  const findings = found.answer.findings.filter((f) => !leaveOut.includes(f.code));
  return (
    <section className={css.atConnect} aria-label={w.title}>
      <p className={css.findingTitle}>{w.title}</p>
      {findings.length === 0 ? (
        <p className={css.well}>
          <IconCircleCheck size={20} stroke={1.75} aria-hidden />
          {w.well}
        </p>
      ) : (
        <FindingList findings={findings} say={say} />
      )}
      {findings.some((f) => f.code === 'key-limited') && <p className={css.quiet}>{w.checklist}</p>}
      {found.answer.refuses && (
        <Note
          tone="danger"
          action={
            <Button size="xs" variant="default" loading={found.busy} onClick={found.again}>
              {w.again}
            </Button>
          }
        >
          {w.refuses}
        </Note>
      )}
    </section>
  );
}
