import type { Zone } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { onboarding as words } from '@renderer/strings/onboarding';
import { settings as settingsWords } from '@renderer/strings/settings';
import { FieldRow, FieldStack, SecretField, TextField } from '@renderer/ui/Fields';
import { ErrorNote, Note } from '@renderer/ui/States';
import { useState } from 'react';
import { ClosedDays, HoursFields, hoursOk } from '../settings/HoursFields';
import { zoneHere } from '../settings/places';
import { RecoveryCode } from '../settings/RecoveryCode';
import { ShopFields } from '../settings/ShopFields';
import type { StepProps } from './OnboardingScreen';
import css from './onboarding.module.css';
import { useOwner } from './useOnboarding';

/** Name, place, money and hours. */
export function ShopStep({ settings, next }: StepProps) {
  const w = useWords(words);
  const save = useCommand('settings/save-shop');
  const fresh = settings.shop.name === '';
  const [shop, setShop] = useState({ ...settings.shop, ...(fresh && { zone: zoneHere() as Zone }) });
  const [tried, setTried] = useState(false);
  const change = (part: Partial<typeof shop>) => setShop((s) => ({ ...s, ...part }));
  const submit = async () => {
    setTried(true);
    if (!shop.name.trim() || !hoursOk(shop.hours)) return;
    if (await save.run(shop)) next();
  };
  return (
    <FieldStack onSubmit={() => void submit()}>
      <h1 className={css.title}>{w.shop.title}</h1>
      <p className={css.lead}>{w.shop.body}</p>
      <ShopFields shop={shop} change={change} tried={tried} contact={false} />
      <h2 className={css.subtitle}>{w.shop.hours}</h2>
      <HoursFields hours={shop.hours} onChange={(hours) => change({ hours })} />
      <h2 className={css.subtitle}>{w.shop.closedDays}</h2>
      <ClosedDays days={shop.closedDays} onChange={(closedDays) => change({ closedDays })} />
      <ErrorNote error={save.error} />
      <div className={css.buttons}>
        <Button type="submit" loading={save.busy}>
          {w.next}
        </Button>
      </div>
    </FieldStack>
  );
}

/** The owner's PIN closes everything but the counter. */
export function OwnerStep({ next }: StepProps) {
  const w = useWords(words);
  const staff = useOwner();
  const save = useCommand('settings/save-staff');
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const owner = staff.data?.find((s) => s.role === 'owner' && s.hasPin);
  const bad = !/^\d{4,8}$/.test(pin);
  const submit = async () => {
    if (owner) {
      next();
      return;
    }
    setTried(true);
    if (!name.trim() || bad || pin !== again) return;
    if (await save.run({ name: name.trim(), role: 'owner', language: 'en', active: true, pin })) next();
  };
  return (
    <FieldStack onSubmit={() => void submit()}>
      <h1 className={css.title}>{w.owner.title}</h1>
      <p className={css.lead}>{w.owner.body}</p>
      {owner ? (
        <Note tone="good">{w.owner.exists(owner.name)}</Note>
      ) : (
        <>
          <TextField
            label={w.owner.name}
            value={name}
            onChange={setName}
            autoFocus
            maxLength={60}
            error={tried && !name.trim() ? w.owner.nameMissing : undefined}
          />
          <FieldRow>
            <SecretField label={w.owner.pin} value={pin} onChange={setPin} error={tried && bad ? w.owner.bad : undefined} />
            <SecretField
              label={w.owner.again}
              value={again}
              onChange={setAgain}
              error={tried && !bad && pin !== again ? w.owner.differ : undefined}
            />
          </FieldRow>
        </>
      )}
      <ErrorNote error={save.error} />
      <div className={css.buttons}>
        <Button type="submit" loading={save.busy}>
          {w.next}
        </Button>
      </div>
    </FieldStack>
  );
}

/** Shown once, printed, and its last group typed back. */
export function RecoveryStep({ next }: StepProps) {
  const w = useWords(words);
  const all = useWords(settingsWords).backups;
  const make = useCommand('settings/make-recovery-code');
  const [code, setCode] = useState<string | null>(null);
  return (
    <div className={css.stack}>
      <h1 className={css.title}>{w.recovery.title}</h1>
      <p className={css.lead}>{w.recovery.body}</p>
      <ErrorNote error={make.error} />
      {code === null ? (
        <div className={css.buttons}>
          <Button
            loading={make.busy}
            onClick={async () => {
              const made = await make.run({});
              if (made) setCode(made.code);
            }}
          >
            {make.error ? all.newCode : w.recovery.make}
          </Button>
        </div>
      ) : (
        <RecoveryCode code={code} onKept={next} keptLabel={w.recovery.kept} />
      )}
    </div>
  );
}
