import { isUsShop } from '@domain/campaigns/countries';
import { Button } from '@mantine/core';
import { startAt } from '@renderer/nav';
import { screenOf } from '@renderer/routes';
import { useWords } from '@renderer/strings';
import { onboarding as words } from '@renderer/strings/onboarding';
import { Note } from '@renderer/ui/States';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ConnectTwilio } from '../settings/ConnectTwilio';
import { SecondPlace } from '../settings/SecondPlace';
import type { StepProps } from './OnboardingScreen';
import css from './onboarding.module.css';
import { openPractice, useHeadCount } from './useOnboarding';

const ImportScreen = screenOf({ screen: 'import' });

/** A USB drive or cloud folder. */
export function BackupStep({ settings, next }: StepProps) {
  const w = useWords(words);
  const chosen = settings.backup.secondPlace;
  return (
    <div className={css.stack}>
      <h1 className={css.title}>{w.backup.title}</h1>
      <p className={css.lead}>{w.backup.body}</p>
      <SecondPlace path={chosen} problem={null} />
      <div className={css.buttons}>
        <Button variant={chosen ? 'filled' : 'default'} onClick={next}>
          {chosen ? w.next : w.later}
        </Button>
      </div>
    </div>
  );
}

/** Practise, connect Twilio, or later. */
export function TextingStep({ settings, next }: StepProps) {
  const w = useWords(words);
  const [connecting, setConnecting] = useState(false);
  const connected = settings.texting.mode === 'twilio';
  return (
    <div className={css.stack}>
      <h1 className={css.title}>{w.texting.title}</h1>
      <p className={css.lead}>{w.texting.body}</p>
      {connected ? (
        <>
          <Note tone="good">{w.texting.connected}</Note>
          <div className={css.buttons}>
            <Button onClick={next}>{w.next}</Button>
          </div>
        </>
      ) : connecting ? (
        <>
          <ConnectTwilio onDone={next} />
          <div>
            <Button variant="subtle" color="gray" onClick={() => setConnecting(false)}>
              {w.back}
            </Button>
          </div>
        </>
      ) : (
        <div className={css.ways}>
          {isUsShop(settings.shop.country) ? (
            <Way title={w.texting.twilio} onClick={() => setConnecting(true)}>
              {w.texting.twilioBody}
            </Way>
          ) : (
            <Note tone="info" title={w.texting.elsewhere}>
              <p>{w.texting.elsewhereBody}</p>
            </Note>
          )}
          <Way title={w.texting.practise} onClick={openPractice}>
            {w.texting.practiseBody}
          </Way>
          <Way title={w.texting.later} onClick={next}>
            {w.texting.laterBody}
          </Way>
        </div>
      )}
    </div>
  );
}

/** One large choice. */
export function Way({ title, children, icon, onClick }: { title: string; children: ReactNode; icon?: ReactNode; onClick: () => void }) {
  return (
    <button type="button" className={css.way} onClick={onClick}>
      {icon && (
        <span className={css.wayIcon} aria-hidden>
          {icon}
        </span>
      )}
      <span className={css.wayWords}>
        <strong>{title}</strong>
        <span>{children}</span>
      </span>
      <IconChevronRight size={20} stroke={1.6} aria-hidden />
    </button>
  );
}

/** The first till export, with the import screen itself. */
export function ImportStep({ next }: StepProps) {
  const w = useWords(words);
  const count = useHeadCount();
  const [open, setOpen] = useState(false);
  const any = (count.data?.any ?? 0) > 0;
  if (open) {
    return (
      <div className={css.embedded}>
        <div className={css.embeddedBar}>
          <Button variant={any ? 'filled' : 'default'} onClick={next}>
            {any ? w.import.goOn : w.import.skip}
          </Button>
        </div>
        <ImportScreen />
      </div>
    );
  }
  return (
    <div className={css.stack}>
      <h1 className={css.title}>{w.import.title}</h1>
      <p className={css.lead}>{w.import.body}</p>
      <div className={css.buttons}>
        <Button variant="default" onClick={next}>
          {any ? w.import.goOn : w.import.skip}
        </Button>
        <Button
          onClick={() => {
            startAt({ screen: 'import' });
            setOpen(true);
          }}
        >
          {w.import.start}
        </Button>
      </div>
    </div>
  );
}
