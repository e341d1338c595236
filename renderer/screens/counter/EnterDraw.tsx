import type { CustomerId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { counterDraws as catalogue } from '@renderer/strings/draws';
import { Chip, Dialog, ErrorNote, TextField } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import { IconConfetti } from '@tabler/icons-react';
import { useState } from 'react';
import css from './counter.module.css';

/**
 * The free entry at the counter, in two taps: the button, then the draw. Nothing is there while no draw takes entries. `customerId` null =
 * a name and a number are typed. `only`: this draw alone.
 */
export function EnterDraw({ customerId, label, only }: { customerId: CustomerId | null; label?: string; only?: number }) {
  const w = useWords(catalogue);
  const query = useQuery('draws/at-counter', { customerId });
  const open = (query.data ?? []).filter((d) => only === undefined || d.id === only);
  const [shown, setShown] = useState(false);
  if (open.length === 0) return null;
  return (
    <>
      <Button
        {...(label === undefined && {
          size: 'md',
          variant: 'default',
          className: `${css.touch ?? ''} ${customerId === null ? '' : (css.drawButton ?? '')}`,
        })}
        leftSection={<IconConfetti size={20} stroke={1.6} aria-hidden />}
        onClick={() => setShown(true)}
      >
        {label ?? w.button}
      </Button>
      {shown && <EnterDialog customerId={customerId} draws={open} onClose={() => setShown(false)} />}
    </>
  );
}

type Draws = readonly { id: number; name: string; prize: string; closesOn: string; entered: boolean }[];

function EnterDialog({ customerId, draws, onClose }: { customerId: CustomerId | null; draws: Draws; onClose: () => void }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const enter = useCommand('draws/enter');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [ticket, setTicket] = useState<string | null>(null);
  const ready = customerId !== null || (name.trim() !== '' && phone.trim() !== '');
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title}
      actions={
        <Button variant="default" onClick={onClose}>
          {w.close}
        </Button>
      }
    >
      <div className={css.drawEntry}>
        <p>{w.free}</p>
        <ErrorNote error={enter.error} />
        {customerId === null && ticket === null && (
          <>
            <TextField label={w.name} value={name} onChange={setName} maxLength={120} autoFocus />
            <TextField label={w.phone} value={phone} onChange={setPhone} maxLength={40} inputMode="tel" />
          </>
        )}
        {ticket !== null && (
          <p role="status">
            <strong>{w.done}.</strong> {w.ticket(ticket)}
          </p>
        )}
        {draws.map((d) => (
          <div key={d.id} className={css.drawLine}>
            <span>
              <strong>{d.name}</strong>
              <br />
              {d.prize} · {w.until(dayText(d.closesOn, locale, Date.now()))}
            </span>
            {d.entered || ticket !== null ? (
              <Chip tone="good">{w.done}</Chip>
            ) : (
              <Button
                size="md"
                disabled={!ready}
                loading={enter.busy}
                onClick={async () => {
                  const done = await enter.run({ drawId: d.id, customerId, ...(customerId === null && { name, phone }) });
                  if (done) setTicket(done.ticket);
                }}
              >
                {w.enter}
              </Button>
            )}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
