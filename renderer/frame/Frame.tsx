import type { Zone } from '@domain/kernel';
import { mark } from '@renderer/api/client';
import { forgetAnswers } from '@renderer/api/useQuery';
import { type Shell, ShellContext } from '@renderer/api/useShell';
import { go, startAt, usePlace } from '@renderer/nav';
import { fetchHome, OnboardingScreen, restOfCss, screenOf } from '@renderer/routes';
import { StandingBanner } from '@renderer/screens/restore/StandingBanner';
import { useStanding } from '@renderer/screens/restore/useRestore';
import { useLanguage, useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { onFirstUse } from '@renderer/ui/onFirstUse';
import { ProgressLine } from '@renderer/ui/ProgressLine';
import { useDelayed } from '@renderer/ui/States';
import { toast } from '@renderer/ui/toast';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ScreenCrash } from './Crash';
import css from './frame.module.css';
import { closePin, setPractice, useFrame } from './frame-state';
import { AutoLockNotice, OfflineBanner, PracticeInvite, PracticeStrip, useOnline } from './Notices';
import { Rail } from './Rail';
import { ScreenWait } from './ScreenWait';
import { Toasts } from './Toasts';
import { useAutoLock } from './useAutoLock';
import { type Boot, useBoot } from './useBoot';
import { useKeys } from './useKeys';
import { useNotices } from './useNotices';
import { useQuitQuestion } from './useQuitQuestion';

const withCss = async <M,>(chunk: Promise<M>): Promise<M> => (await Promise.all([chunk, restOfCss()]))[0];

const PinPad = onFirstUse(async () => (await withCss(import('@renderer/screens/session/PinPad'))).PinPad, <ScreenWait />);
const StartScreens = onFirstUse(async () => (await withCss(import('./StartScreens'))).StartScreens);
const ClerkPractice = onFirstUse(
  async () => (await withCss(import('@renderer/screens/practice/ClerkPractice'))).ClerkPractice,
  <ScreenWait />,
);
/** The screen turned to a customer: nothing of the frame stands around it. */
const CustomerPage = onFirstUse(async () => (await withCss(import('@renderer/screens/customer-display/CustomerPage'))).CustomerPage);
const AwayBanner = onFirstUse(async () => (await withCss(import('./AwayBanner'))).AwayBanner);
const QuitDialog = onFirstUse(async () => (await withCss(import('./QuitDialog'))).QuitDialog);
const RetiredPage = onFirstUse(async () => (await withCss(import('@renderer/screens/restore/RetiredPage'))).RetiredPage);
const Palette = onFirstUse(async () => (await import('./Palette')).Palette);

const LANGUAGE = 'regulars-language';

function useShellValue(boot: Boot, online: boolean): Shell {
  const { session, known } = boot;
  const language = useLanguage((s) => s.language);
  return useMemo(() => {
    const shop = session?.shop;
    const country = shop?.country ?? 'US';
    return {
      shop: {
        name: shop?.name ?? '',
        kind: shop?.kind ?? 'real',
        currency: shop?.currency ?? 'USD',
        country,
        zone: (shop?.zone ?? 'America/New_York') as Zone,
      },
      role: session?.role ?? 'staff',
      staff: session?.staff ?? null,
      online,
      ready: known,
      locale: `${language}-${country}`,
    };
  }, [session, known, online, language]);
}

/** Whoever signs in sees their own language and starts at their own home; nothing of the one before stays on screen. */
function useHandover(boot: Boot): void {
  const setLanguage = useLanguage((s) => s.setLanguage);
  const who = boot.session ? `${boot.session.role} ${boot.session.staff?.id ?? 0} ${boot.session.shop.kind}` : undefined;
  const before = useRef<string>(undefined);
  const session = boot.session;
  useEffect(() => {
    if (!session || !who || before.current === who) return;
    const role = session.role;
    const language = session.staff?.language ?? (localStorage.getItem(LANGUAGE) === 'es' ? 'es' : 'en');
    if (session.staff?.role === 'staff') localStorage.setItem(LANGUAGE, language);
    setLanguage(language);
    const first = before.current === undefined;
    before.current = who;
    const then = first ? undefined : useFrame.getState().pin?.then;
    if (!first) {
      forgetAnswers();
      closePin();
      setPractice(false);
    }
    // back from a customer it is the counter, also when the window was drawn anew meanwhile
    if (role !== 'owner' || session.turned) startAt({ screen: 'counter' });
    else if (!first || session.shop.setUp) startAt(then ?? { screen: 'this-week' });
  }, [session, who, setLanguage]);
}

/** Rail, notices, the screen of the place, and what may lie over it. */
export function Frame() {
  const w = useWords(words);
  const boot = useBoot(() => toast({ title: w.restarted, tone: 'warn' }));
  const online = useOnline();
  const shell = useShellValue(boot, online);
  useHandover(boot);
  const place = usePlace();
  const { pin, palette, practice: practising } = useFrame();
  const owner = shell.role === 'owner';
  const setUp = boot.session?.shop.setUp ?? true;
  const standing = useStanding(boot.known).data;
  const [looking, setLooking] = useState(false);
  const signedIn = boot.known && setUp && shell.staff !== null;
  const turned = boot.session?.turned === true;
  const left = useAutoLock(signedIn && !turned, boot.session?.autoLockMinutes ?? 10);
  const newcomer = shell.role === 'staff' && boot.session?.staff?.practised === false && !practising;
  useKeys({ owner, active: setUp && !turned && boot.backend !== 'failed' && boot.backend !== 'needs-passphrase' });

  useNotices(owner);
  const quit = useQuitQuestion();

  useEffect(() => mark('frame-drawn'), []);
  useEffect(() => {
    if (boot.known) mark('session-known');
    // The rest of the css and the likely next screens come in when the first one stands.
    if (boot.known) requestIdleCallback(() => void restOfCss());
  }, [boot.known]);
  useEffect(() => {
    if (pin) fetchHome(); // while the PIN is being typed
  }, [pin]);
  useEffect(() => {
    if (!owner && place.screen !== 'counter' && boot.known) go({ screen: 'counter' }, { replace: true });
  }, [owner, place.screen, boot.known]);

  // A repair takes a blink; making the practice shop takes a while and says so.
  const opening = useDelayed(boot.known && boot.backend === 'starting', 700);
  const practice = shell.shop.kind === 'practice';
  let body: React.ReactNode;
  if (boot.backend === 'failed' || boot.backend === 'needs-passphrase') {
    body = <StartScreens boot={boot} />;
  } else if (!boot.session) {
    body = <Still />;
  } else if (turned) {
    body = <CustomerPage />;
  } else if (!setUp) {
    body = (
      <ScreenCrash key="onboarding">
        <OnboardingScreen />
      </ScreenCrash>
    );
  } else if (standing?.retired && !looking) {
    body = <RetiredPage retired={standing.retired} onLook={() => setLooking(true)} />;
  } else {
    const Screen = screenOf(owner ? place : { screen: 'counter' });
    body = (
      <div className={css.columns}>
        <Rail owner={owner} staff={shell.staff} />
        <div className={css.content} id="content">
          <OfflineBanner online={online} relevant={!practice} />
          {standing && <StandingBanner standing={standing} owner={owner} />}
          <AutoLockNotice left={left} />
          {owner && boot.known && <AwayBanner />}
          {newcomer && boot.session?.staff && <PracticeInvite name={boot.session.staff.name} />}
          <div className={css.screen}>
            {pin ? (
              <PinPad
                people={boot.session?.people ?? []}
                hint={boot.session?.pinHint ?? null}
                onDone={boot.setSession}
                onClose={closePin}
              />
            ) : practising ? (
              <ClerkPractice onLeave={() => setPractice(false)} />
            ) : (
              <ScreenCrash key={place.screen === 'replies' ? 'replies' : JSON.stringify(place)}>
                <Screen />
              </ScreenCrash>
            )}
          </div>
        </div>
      </div>
    );
  }
  return (
    <ShellContext value={shell}>
      <div className={css.window} data-practice={practice || undefined}>
        {practice && !turned && <PracticeStrip />}
        {body}
      </div>
      {opening && (
        <div className={css.opening} role="status">
          <div className={css.card}>
            <ProgressLine share={null} label={w.start.opening} />
          </div>
        </div>
      )}
      {palette && owner && !turned && <Palette />}
      {!turned && quit.question && <QuitDialog question={quit.question} answer={quit.answer} />}
      {!turned && <Toasts />}
    </ShellContext>
  );
}

/** The very first start: the static frame of index.html stays until the backend says who we are. */
function Still() {
  return (
    <div className="still" aria-hidden>
      <nav>Regulars</nav>
      <main />
    </div>
  );
}
