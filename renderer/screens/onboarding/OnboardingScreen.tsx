import { useWords } from '@renderer/strings';
import { onboarding as words } from '@renderer/strings/onboarding';
import { restore as restoreWords } from '@renderer/strings/restore';
import { ErrorNote, Loaded } from '@renderer/ui/States';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { ArriveStep } from '../restore/ArriveStep';
import type { SettingsData } from '../settings/useSettings';
import { DoneStep } from './DoneStep';
import { OwnerStep, RecoveryStep, ShopStep } from './FirstSteps';
import { BackupStep, ImportStep, TextingStep } from './LaterSteps';
import css from './onboarding.module.css';
import { openPractice, STEPS, type Step, useOnboardingSettings, useStep } from './useOnboarding';

/** First start: shop, PIN, recovery code, second place, texting, customers. Left and resumed at any step. */
export function OnboardingScreen() {
  const settings = useOnboardingSettings();
  return (
    <div className={css.screen}>
      <Loaded query={settings} lines={6}>
        {(s) => <Steps settings={s} />}
      </Loaded>
    </div>
  );
}

export interface StepProps {
  settings: SettingsData;
  next: () => void;
}

function Steps({ settings }: { settings: SettingsData }) {
  const w = useWords(words);
  const r = useWords(restoreWords).arrive;
  const save = useStep();
  const reached = Math.max(0, STEPS.indexOf(settings.onboarding.step));
  const [at, setAt] = useState(reached);
  const [arriving, setArriving] = useState(false);
  const step: Step = STEPS[at] ?? 'shop';
  const to = (i: number) => {
    setAt(i);
    const name = STEPS[i];
    // 'done' is saved by its own button: it is what opens the shop.
    if (name && name !== 'done' && i > reached) void save.run({ step: name });
  };
  const props: StepProps = { settings, next: () => to(at + 1) };
  const shown = STEPS.slice(0, -1);
  return (
    <div className={css.columns}>
      <aside className={css.side}>
        <p className={css.brand}>{w.brand}</p>
        <ol className={css.steps}>
          {shown.map((s, i) => (
            <li key={s} data-state={i < at ? 'done' : i === at ? 'now' : 'next'} {...(i === at && { 'aria-current': 'step' as const })}>
              <button type="button" disabled={i >= at} onClick={() => setAt(i)}>
                <span className={css.bullet} aria-hidden>
                  {i < at ? <IconCheck size={14} stroke={2.5} /> : i + 1}
                </span>
                {w.steps[s]}
              </button>
            </li>
          ))}
        </ol>
        {step === 'shop' && !arriving && (
          <div className={css.look}>
            <p>
              <strong>{r.asideTitle}</strong>
            </p>
            <p>{r.asideBody}</p>
            <button type="button" onClick={() => setArriving(true)}>
              {r.aside}
            </button>
          </div>
        )}
        {step === 'shop' && (
          <div className={css.look}>
            <p>
              <strong>{w.lookTitle}</strong>
            </p>
            <p>{w.lookBody}</p>
            <button type="button" onClick={openPractice}>
              {w.look}
            </button>
          </div>
        )}
      </aside>
      <main className={css.main} data-wide={step === 'import' || undefined}>
        <div className={css.content} key={arriving ? 'arriving' : step}>
          {arriving ? <ArriveStep onBack={() => setArriving(false)} /> : null}
          {!arriving && step !== 'done' && <p className={css.count}>{w.stepOf(at + 1, shown.length)}</p>}
          {!arriving && step === 'shop' && <ShopStep {...props} />}
          {step === 'owner' && <OwnerStep {...props} />}
          {step === 'recovery' && <RecoveryStep {...props} />}
          {step === 'backup' && <BackupStep {...props} />}
          {step === 'texting' && <TextingStep {...props} />}
          {step === 'import' && <ImportStep {...props} />}
          {step === 'done' && <DoneStep settings={settings} />}
          <ErrorNote error={save.error} />
        </div>
      </main>
    </div>
  );
}
