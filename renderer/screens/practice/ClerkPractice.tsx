import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useCommand } from '@renderer/api/useCommand';
import { useLanguage, useWords } from '@renderer/strings';
import { practice as words } from '@renderer/strings/practice';
import { BigBox } from '@renderer/ui';
import { IconCircleCheck, IconUser } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import css from './practice.module.css';
import { ANA, findPretend, isNumber, OWN_NUMBER, SHOWN, tryCode } from './pretend';

type Words = (typeof words)['en'];
type TaskProps = { words: Words; onDone: () => void };

const TASKS = [FindTask, RedeemTask, SignUpTask] as const;

/** Three things of the counter, tried out on people who do not exist: for somebody's first day. */
export function ClerkPractice({ onLeave }: { onLeave: () => void }) {
  const w = useWords(words);
  const [step, setStep] = useState(0);
  const [done, setDone] = useState(false);
  const remember = useCommand('staff/practised');
  const title = useRef<HTMLHeadingElement>(null);
  // Not the first time: the task's own box takes the focus.
  useEffect(() => {
    if (step === TASKS.length) title.current?.focus();
  }, [step]);
  const Task = TASKS[step];
  const finish = async () => {
    await remember.run({});
    onLeave();
  };
  return (
    <main className={css.screen} aria-labelledby="practice-title">
      <header className={css.head}>
        <div>
          <h1 id="practice-title" className={css.title}>
            {w.title}
          </h1>
          <p className={css.quiet}>{w.pretend}</p>
        </div>
        <Button variant="default" size="md" onClick={onLeave}>
          {w.leave}
        </Button>
      </header>
      <ol className={css.steps} aria-hidden>
        {TASKS.map((t, i) => (
          <li key={t.name} data-done={i < step || undefined} data-now={i === step || undefined} />
        ))}
      </ol>
      {Task ? (
        <section className={css.task} key={step} aria-label={w.step(step + 1, TASKS.length)}>
          <Task words={w} onDone={() => setDone(true)} />
          {done && (
            <div className={css.next}>
              <Button
                size="lg"
                autoFocus
                onClick={() => {
                  setDone(false);
                  setStep(step + 1);
                }}
              >
                {w.next}
              </Button>
            </div>
          )}
        </section>
      ) : (
        <section className={css.task}>
          <h2 className={css.taskTitle} ref={title} tabIndex={-1}>
            {w.rules.title}
          </h2>
          <ul className={css.rules}>
            {w.rules.items.map((r) => (
              <li key={r}>{r}</li>
            ))}
          </ul>
          <div className={css.next}>
            <Button size="lg" loading={remember.busy} onClick={() => void finish()}>
              {w.rules.end}
            </Button>
          </div>
        </section>
      )}
    </main>
  );
}

function Ask({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h2 className={css.taskTitle}>{title}</h2>
      <p className={css.ask}>{children}</p>
    </>
  );
}

/** What came of it; read out as well. */
function Said({ good, children }: { good?: boolean; children: ReactNode }) {
  return (
    <p className={css.said} role="status" data-good={good || undefined}>
      {good && <IconCircleCheck size={22} stroke={1.75} aria-hidden />}
      {children}
    </p>
  );
}

function FindTask({ words: { find: w }, onDone }: TaskProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const hits = findPretend(text);
  const choose = (name: string | undefined) => {
    if (name === undefined) return;
    setChosen(name);
    if (name === ANA.name) onDone();
  };
  const right = chosen === ANA.name;
  return (
    <>
      <Ask title={w.title}>{w.task}</Ask>
      {!right && (
        <>
          <BigBox label={w.box} placeholder={w.box} value={text} onChange={setText} onSubmit={() => choose(hits[0]?.name)} main />
          <ul className={css.hits}>
            {hits.map((p) => (
              <li key={p.phone}>
                <button type="button" onClick={() => choose(p.name)}>
                  <IconUser size={22} stroke={1.6} aria-hidden />
                  <strong>{p.name}</strong> <span>{w.ends(p.phoneEnd)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {chosen === null && text !== '' && hits.length === 0 && <Said>{w.nobody}</Said>}
      {chosen !== null && <Said good={right}>{right ? w.good : w.wrong(chosen)}</Said>}
    </>
  );
}

function RedeemTask({ words: { redeem: w }, onDone }: TaskProps) {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<ReturnType<typeof tryCode> | null>(null);
  const [receipt, setReceipt] = useState('');
  const [settled, setSettled] = useState(false);
  const settle = () => {
    setSettled(true);
    onDone();
  };
  return (
    <>
      <Ask title={w.title}>{w.task(SHOWN)}</Ask>
      {answer !== 'right' && (
        <BigBox label={w.box} placeholder={w.box} value={text} onChange={setText} onSubmit={(t) => setAnswer(tryCode(t))} main />
      )}
      {(answer === 'typo' || answer === 'other') && <Said>{w[answer]}</Said>}
      {answer === 'right' && (
        <>
          <p className={css.key}>{w.key}</p>
          {!settled && (
            <form
              className={css.receipt}
              onSubmit={(e) => {
                e.preventDefault();
                settle();
              }}
            >
              <label htmlFor="practice-receipt">{w.receipt}</label>
              <input
                id="practice-receipt"
                aria-label={w.receiptBox}
                value={receipt}
                onChange={(e) => setReceipt(e.currentTarget.value)}
                // The same place the cursor goes to on the real counter.
                ref={(el) => el?.focus()}
              />
              <Button type="submit" size="lg" variant="default">
                {receipt.trim() === '' ? w.skip : w.done}
              </Button>
            </form>
          )}
        </>
      )}
      {settled && <Said good>{w.good}</Said>}
    </>
  );
}

function SignUpTask({ words: { signUp: w }, onDone }: TaskProps) {
  const id = useId();
  const language = useLanguage((s) => s.language);
  const form = useQuery('counter/sign-up-form', {});
  const [number, setNumber] = useState('');
  const [ticked, setTicked] = useState(false);
  const [tried, setTried] = useState(false);
  const [right, setRight] = useState(false);
  return (
    <>
      <Ask title={w.title}>{w.task(OWN_NUMBER)}</Ask>
      {!right && (
        <form
          className={css.form}
          onSubmit={(e) => {
            e.preventDefault();
            setTried(true);
            if (!ticked || !isNumber(number)) return;
            setRight(true);
            onDone();
          }}
        >
          <label htmlFor={id}>{w.number}</label>
          <input
            id={id}
            inputMode="tel"
            autoComplete="off"
            value={number}
            onChange={(e) => setNumber(e.currentTarget.value)}
            ref={(el) => void (number === '' && el?.focus())}
          />
          <label className={css.tick}>
            <input type="checkbox" checked={ticked} onChange={(e) => setTicked(e.currentTarget.checked)} />
            <span>{form.data?.wording[language].text ?? ''}</span>
          </label>
          <Button type="submit" size="lg">
            {w.go}
          </Button>
        </form>
      )}
      {tried && !right && <Said>{isNumber(number) ? w.noTick : w.noNumber}</Said>}
      {right && <Said good>{w.good}</Said>}
    </>
  );
}
