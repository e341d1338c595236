import { DAY } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api/useShell';
import { type Place, startAt, wishCounter } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { onboarding as words } from '@renderer/strings/onboarding';
import { count, when } from '@renderer/ui/format';
import { ErrorNote } from '@renderer/ui/States';
import { IconCertificate, IconQrcode, IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import type { SettingsData } from '../settings/useSettings';
import { Way } from './LaterSteps';
import css from './onboarding.module.css';
import { useHeadCount, useStep } from './useOnboarding';

/** Sign-ups a day and the list that is worth a first campaign. */
const A_DAY = 10;
const WORTH = 250;

/** When the 250th sign-up falls, counting open days only. */
function worthAt(now: number, hours: SettingsData['shop']['hours']): number {
  const open = hours.filter((h) => h !== null).length || 7;
  return now + Math.ceil((WORTH / A_DAY) * (7 / open)) * DAY;
}

/** "3,912 people, 0 may be texted yet. That is normal." and the next three steps. */
export function DoneStep({ settings }: { settings: SettingsData }) {
  const w = useWords(words).done;
  const { locale } = useShell();
  const heads = useHeadCount();
  const finish = useStep();
  const people = heads.data?.any ?? 0;
  const may = heads.data?.in ?? 0;
  const now = Date.now();
  const open = async (place: Place | 'sign-up') => {
    if (!(await finish.run({ step: 'done' }))) return;
    if (place === 'sign-up') wishCounter('sign-up');
    else startAt(place);
  };
  return (
    <div className={css.stack}>
      <h1 className={css.title}>
        {people > 0 ? w.people(count(people, locale)) + (may === 1 ? w.mayOne : w.may(count(may, locale))) : w.noPeople}
      </h1>
      <p className={css.lead}>{people > 0 ? w.normal : w.ready}</p>
      <p className={css.pace}>{w.pace(when(worthAt(now, settings.shop.hours), 'day', settings.shop.zone, locale, now))}</p>
      <h2 className={css.subtitle}>{w.nextTitle}</h2>
      <div className={css.ways}>
        <Way title={w.signUp} icon={<IconUserPlus size={22} stroke={1.6} />} onClick={() => void open('sign-up')}>
          {w.signUpBody}
        </Way>
        <Way title={w.approve} icon={<IconCertificate size={22} stroke={1.6} />} onClick={() => void open({ screen: 'registration' })}>
          {w.approveBody}
        </Way>
        <Way title={w.sign} icon={<IconQrcode size={22} stroke={1.6} />} onClick={() => void open({ screen: 'kit' })}>
          {w.signBody}
        </Way>
        <Way title={w.regulars} icon={<IconUsersGroup size={22} stroke={1.6} />} onClick={() => void open({ screen: 'groups' })}>
          {w.regularsBody}
        </Way>
      </div>
      <ErrorNote error={finish.error} />
      <div className={css.buttons}>
        <Button loading={finish.busy} onClick={() => void open({ screen: 'this-week' })}>
          {w.open}
        </Button>
      </div>
    </div>
  );
}
