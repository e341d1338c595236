import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { signUpDesk as catalogue } from '@renderer/strings/sign-up-desk';
import { onFirstUse } from '@renderer/ui/onFirstUse';
import { IconHistory, IconId, IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import css from './busy.module.css';
import { EnterDraw } from './EnterDraw';
import { FinishLater, HandOver } from './FinishLater';

const CatchUp = onFirstUse(async () => (await import('./CatchUp')).CatchUp);
const PaperDialog = onFirstUse(async () => (await import('./PaperDialog')).PaperDialog);
const MemberCard = onFirstUse(async () => (await import('./MemberCard')).MemberCard);
const MemberDialog = onFirstUse(async () => (await import('./MemberCard')).MemberDialog);

/** What a busy day leaves over, at the bottom of the empty counter: cards handed out, codes and forms to write down, members without a phone. */
export function BusyTools({ onSignUp }: { onSignUp: () => void }) {
  const w = useWords(catalogue).tools;
  const [open, setOpen] = useState<'catch-up' | 'paper' | 'member' | null>(null);
  const [card, setCard] = useState<number | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <FinishLater onSignUp={onSignUp} />
      <div className={css.tools}>
        <HandOver />
        <Tool icon={<IconHistory size={20} stroke={1.6} aria-hidden />} label={w.catchUp} onClick={() => setOpen('catch-up')} />
        <Tool icon={<IconSignature size={20} stroke={1.6} aria-hidden />} label={w.paper} onClick={() => setOpen('paper')} />
        <Tool icon={<IconId size={20} stroke={1.6} aria-hidden />} label={w.member} onClick={() => setOpen('member')} />
        <EnterDraw customerId={null} />
      </div>
      {open === 'catch-up' && <CatchUp onClose={close} />}
      {open === 'paper' && <PaperDialog onClose={close} />}
      {open === 'member' && (
        <MemberDialog
          onClose={close}
          onMade={(id) => {
            close();
            setCard(id);
          }}
        />
      )}
      {card !== null && <MemberCard customerId={card} onClose={() => setCard(null)} />}
    </>
  );
}

function Tool({ icon, label, onClick }: { icon: React.ReactNode; label: string; onClick: () => void }) {
  return (
    <Button variant="default" size="md" className={css.touch ?? ''} leftSection={icon} onClick={onClick}>
      {label}
    </Button>
  );
}

/** On a person's card: their choices on the customer's screen, and their membership card. */
export function PersonTools({ customerId, hasPhone, onPreferences }: { customerId: number; hasPhone: boolean; onPreferences: () => void }) {
  const w = useWords(catalogue).tools;
  const [card, setCard] = useState(false);
  return (
    <>
      {hasPhone && (
        <Button variant="default" size="md" className={css.touch ?? ''} onClick={onPreferences}>
          {w.preferences}
        </Button>
      )}
      <Button variant="default" size="md" className={css.touch ?? ''} onClick={() => setCard(true)}>
        {w.card}
      </Button>
      {card && <MemberCard customerId={customerId} onClose={() => setCard(false)} />}
    </>
  );
}
