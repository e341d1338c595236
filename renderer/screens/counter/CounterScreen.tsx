import { Button } from '@mantine/core';
import { call, type Out, toApiError, useCommand, useQuery, useShell } from '@renderer/api';
import { takeCounterWish, useCounterWish } from '@renderer/nav';
import links from '@renderer/screens/links/links.module.css';
import { ReceiptPanel } from '@renderer/screens/links/ReceiptPanel';
import { OpenOrders } from '@renderer/screens/orders/OpenOrders';
import { useLanguage, useWords } from '@renderer/strings';
import { counter as catalogue } from '@renderer/strings/counter';
import { desk as deskWords } from '@renderer/strings/desk';
import { receipts } from '@renderer/strings/links';
import { BigBox, type BigBoxHandle, ErrorNote, Screen, toast } from '@renderer/ui';
import { IconDiscount2, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Answer } from './Answer';
import { BusyTools } from './BusyTools';
import { ClerkDialog } from './ClerkDialog';
import { CounterTasks } from './CounterTasks';
import css from './counter.module.css';
import { LastTen } from './LastTen';
import { RedeemPanel, type RedeemTarget } from './RedeemPanel';
import { headingOf, type ReceiptWork } from './receipt-work';
import type { NewMember } from './SignUp';
import { useSignUpDesk } from './SignUpDesk';
import { StopDialog, type StopTarget } from './StopDialog';
import { TillPanel, type TillWork } from './TillPanel';
import { isNoCode, useScanner } from './useScanner';
import type { CodeAnswer, Person } from './words';

type Found = Out<'counter/find'>;

/** Longer than any scanner takes for a receipt. */
const SCAN_MS = 2000;

const cardOf = (found: Found | undefined, id: number): boolean => found?.people.some((p) => p.id === id) ?? false;

/** What stands in the box, a moment after the typing hand rests. */
function useRested(text: string, ms: number): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const t = setTimeout(() => setRested(text), ms);
    return () => clearTimeout(t);
  }, [text, ms]);
  return text === '' ? '' : rested;
}

/** What is redeemed when a code was typed or scanned. */
const byCode = (c: Extract<CodeAnswer, { state: 'ok' | 'refused' }>, refusal: RedeemTarget['refusal']): RedeemTarget => ({
  code: c.code,
  how: 'code',
  shared: c.shared,
  offer: c.offer,
  expiresAt: c.expiresAt,
  customerId: c.person?.id ?? null,
  who: c.person?.name ?? null,
  left: c.left,
  refusal,
});

const looksLikeNumber = (text: string): boolean => /^[+\d\s().-]+$/.test(text) && text.replace(/\D/g, '').length >= 10;

/** Staff's home: one box that takes a phone, a name, an e-mail or a code, typed or scanned. */
export function CounterScreen() {
  const w = useWords(catalogue);
  const r = useWords(receipts);
  const d = useWords(deskWords);
  const language = useLanguage((s) => s.language);
  const box = useRef<BigBoxHandle>(null);
  const [text, setText] = useState('');
  const [asks, setAsks] = useState<'anything' | 'code'>('anything');
  /** The answer to Enter or a scan; typing on goes back to the instant search. */
  const [final, setFinal] = useState<{ text: string; found: Found } | null>(null);
  const [failed, setFailed] = useState<unknown>();
  const [redeeming, setRedeeming] = useState<RedeemTarget | null>(null);
  const [stopping, setStopping] = useState<StopTarget | null>(null);
  const [signUp, setSignUp] = useState<'closed' | 'clerk'>('closed');
  const [here, setHere] = useState<ReadonlySet<number>>(new Set());
  /** What a receipt may add, after a redemption, a sign-up or a visit. */
  const [receipt, setReceipt] = useState<ReceiptWork | null>(null);
  const [scanned, setScanned] = useState<string | null>(null);
  /** What to key into the till for the redemption just made. */
  const [till, setTill] = useState<TillWork | null>(null);
  const owner = useShell().role === 'owner';
  const undo = useCommand('counter/undo-redeem');
  const noteHere = useCommand('counter/here');

  const rested = useRested(text.trim(), 120);
  const searching = rested.length >= 2 && final === null && redeeming === null;
  const instant = useQuery('counter/find', { text: rested, final: false }, { enabled: searching });
  const found = final?.found ?? (searching && text.trim() !== '' ? instant.data : undefined);

  const reset = useCallback((next: 'anything' | 'code' = 'anything') => {
    setText('');
    setFinal(null);
    setFailed(undefined);
    setRedeeming(null);
    setReceipt(null);
    setScanned(null);
    setTill(null);
    setAsks(next);
    box.current?.focus();
  }, []);

  const submit = useCallback(async (typed: string) => {
    const asked = typed.trim();
    if (!asked) return;
    setText(asked);
    setFailed(undefined);
    setRedeeming(null);
    setReceipt(null);
    setTill(null);
    setScanned(null);
    try {
      const answer = await call('counter/find', { text: asked, final: true });
      setFinal({ text: asked, found: answer });
      if (answer.code?.state === 'ok') {
        setRedeeming(byCode(answer.code, null));
      }
    } catch (e) {
      setFailed(toApiError(e));
    }
  }, []);

  /** While a receipt is asked for, a scan that is none of our codes is one; its first keys may have landed in the big box. */
  const asking = receipt !== null && receipt.start === null && receipt.moment === null;
  const interrupted = useRef<{ work: ReceiptWork | TillWork; at: number } | null>(null);
  const scan = useCallback(
    (typed: string) => {
      const before = interrupted.current;
      const work = till && !till.noted ? till : asking ? receipt : before && performance.now() - before.at < SCAN_MS ? before.work : null;
      interrupted.current = null;
      if (!work || !isNoCode(typed)) {
        void submit(typed);
        return;
      }
      setText('');
      setFinal(null);
      if ('target' in work) setTill(work);
      else setReceipt(work);
      setScanned(typed);
    },
    [asking, receipt, till, submit],
  );
  useScanner(scan, signUp === 'closed' && stopping === null);

  const newMember = useCallback(
    (m: NewMember) => setReceipt({ customerId: m.id, who: m.name, origin: 'sign-up', start: null, moment: null }),
    [],
  );
  const { start: turnTo, panel: customerTurn } = useSignUpDesk(newMember);
  const wish = useCounterWish();
  useEffect(() => {
    if (!wish) return;
    takeCounterWish();
    if (wish === 'sign-up') turnTo();
    else {
      setSignUp('closed');
      reset(wish === 'redeem' ? 'code' : 'anything');
    }
  }, [wish, reset, turnTo]);

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented || signUp !== 'closed' || document.querySelector('[role="dialog"]')) return;
      // a form on somebody's card is left by its own Escape, the card stays
      if (document.activeElement?.closest('[data-notes] form')) return;
      if (text === '' && asks === 'anything' && !redeeming && !receipt && !till) return;
      e.preventDefault();
      reset();
    };
    // Captured: the frame's own Escape listens later and leaves prevented ones alone.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [text, asks, redeeming, receipt, till, signUp, reset]);

  const leaveSignUp = useCallback(
    (member: NewMember | null) => {
      setSignUp('closed');
      requestAnimationFrame(() => {
        reset();
        if (member) setReceipt({ customerId: member.id, who: member.name, origin: 'sign-up', start: null, moment: null });
      });
    },
    [reset],
  );

  const takeBack = async (redemptionId: number) => {
    if (!(await undo.run({ redemptionId }))) return;
    toast({ title: w.redeemForm.undone, tone: 'good' });
    reset();
  };
  const redeemed = (done: Out<'counter/redeem'>, said: string) => {
    const { redemptionId, receipt: view, moment } = done;
    const kept = view?.state === 'waiting';
    if (kept) toast({ title: r.waitingToast, tone: 'good' });
    const target = redeeming;
    const person = redeeming?.customerId ?? null;
    const who = redeeming?.who ?? '';
    reset();
    if (target) setTill({ redemptionId, target, said, noted: view !== null, left: done.left });
    // A number that waits for its file asks for nothing more; what it adds now, or could, is shown.
    if (person !== null && ((view && !kept) || moment)) setReceipt({ customerId: person, who, origin: 'here', start: view, moment });
  };
  const receiptNoted = (view: Out<'desk/receipt'>['receipt']) => {
    const { customerId, who } = till?.target ?? { customerId: null, who: null };
    if (view?.state !== 'choose' || customerId === null) {
      toast({ title: view?.state === 'waiting' ? r.waitingToast : d.till.noted, tone: 'good' });
      reset();
      return;
    }
    setTill((t) => t && { ...t, noted: true });
    setScanned(null);
    setReceipt({ customerId, who: who ?? '', origin: 'here', start: view, moment: null });
  };
  const markHere = async (p: Person) => {
    if (!(await noteHere.run({ customerId: p.id }))) return;
    setHere((s) => new Set(s).add(p.id));
    setReceipt({ customerId: p.id, who: p.name, origin: 'here', start: null, moment: null });
  };

  const number = looksLikeNumber(text) ? text.trim() : null;
  return (
    <Screen
      title={w.title}
      primary={
        <Button
          size="lg"
          variant={redeeming || receipt || till ? 'default' : 'filled'}
          className={css.touch ?? ''}
          leftSection={<IconUserPlus size={22} stroke={1.6} aria-hidden />}
          onClick={() => turnTo()}
        >
          {w.keys.signUp} <kbd className={css.key}>F3</kbd>
        </Button>
      }
      actions={
        <Button
          size="lg"
          variant="default"
          className={css.touch ?? ''}
          leftSection={<IconDiscount2 size={22} stroke={1.6} aria-hidden />}
          onClick={() => reset('code')}
        >
          {w.keys.redeem} <kbd className={css.key}>F4</kbd>
        </Button>
      }
    >
      <div className={css.counter}>
        {customerTurn}
        <BigBox
          main
          catchKeys
          handle={box}
          label={w.box.label}
          value={text}
          onChange={(t) => {
            if (till && !till.noted) interrupted.current = { work: till, at: performance.now() };
            else if (receipt && asking) interrupted.current = { work: receipt, at: performance.now() };
            setTill(null);
            setScanned(null);
            setText(t);
            setFinal(null);
            setRedeeming(null);
            setReceipt(null);
            setFailed(undefined);
          }}
          onSubmit={(t) => void submit(t)}
          placeholder={asks === 'code' ? w.box.codePlaceholder : w.box.placeholder}
          icon={asks === 'code' ? <IconDiscount2 size={28} stroke={1.6} /> : <IconSearch size={28} stroke={1.6} />}
        />
        {text === '' && (
          <div className={css.below}>
            <p>{asks === 'code' ? w.box.codeHint : w.box.hint}</p>
            <Button variant="subtle" color="gray" size="md" className={`${css.touch} ${css.aloud}`} onClick={() => setSignUp('clerk')}>
              {w.clerk.open}
            </Button>
          </div>
        )}
        <div aria-live="polite" className={css.answer}>
          <ErrorNote error={failed ?? instant.error ?? undo.error ?? noteHere.error} />
          {till && (
            <TillPanel
              key={till.redemptionId}
              work={till}
              scanned={scanned}
              onNoted={receiptNoted}
              onUndo={() => void takeBack(till.redemptionId)}
              onDone={reset}
            />
          )}
          {till && !receipt ? null : receipt && !cardOf(found, receipt.customerId) ? (
            <ReceiptPanel
              key={receipt.customerId}
              {...receipt}
              heading={headingOf(receipt, r)}
              scanned={scanned}
              owner={owner}
              onDone={reset}
            />
          ) : redeeming ? (
            <RedeemPanel key={redeeming.code} target={redeeming} words={w} onDone={redeemed} />
          ) : (
            <Answer
              found={found}
              entered={final !== null}
              waiting={searching && instant.loading}
              number={number}
              words={w}
              here={here}
              under={(p) =>
                receipt?.customerId === p.id && (
                  <div className={links.inside}>
                    <ReceiptPanel {...receipt} heading={r.afterHere} scanned={scanned} owner={owner} onDone={() => setReceipt(null)} />
                  </div>
                )
              }
              onUndo={(id) => void takeBack(id)}
              onHonour={(code) => setRedeeming(byCode(code, code.refusal))}
              onHere={(p) => void markHere(p)}
              onStop={setStopping}
              onPreferences={(p) => turnTo(p.id)}
              onSignUp={() => turnTo()}
              onRedeem={(p, o) =>
                setRedeeming({
                  code: o.code,
                  how: 'person',
                  shared: o.shared,
                  offer: o.offer,
                  expiresAt: o.expiresAt,
                  customerId: p.id,
                  who: p.name,
                  left: o.left,
                  refusal: o.refusal,
                })
              }
            />
          )}
        </div>
        {text === '' && !receipt && !till && <CounterTasks />}
        {text === '' && !receipt && !till && <OpenOrders />}
        {text === '' && !receipt && !till && <LastTen />}
        {text === '' && !receipt && !till && !redeeming && <BusyTools onSignUp={() => turnTo()} />}
      </div>
      {stopping && (
        <StopDialog
          target={stopping}
          onClose={(stopped) => {
            setStopping(null);
            if (stopped) reset();
          }}
        />
      )}
      {signUp === 'clerk' && <ClerkDialog words={w} language={language} onClose={leaveSignUp} />}
    </Screen>
  );
}
