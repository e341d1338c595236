import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { CheckField } from '@renderer/ui/Fields';
import { Day } from '@renderer/ui/Values';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { fromClock, toClock } from './places';
import css from './settings.module.css';
import type { ShopData } from './useSettings';

type Hours = ShopData['hours'];
const USUAL = { open: 9 * 60, close: 18 * 60 };

/** When the shop is open, day by day. */
export function HoursFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const w = useWords(words).shop;
  const set = (i: number, value: Hours[number]) => onChange(hours.map((h, k) => (k === i ? value : h)));
  const first = hours.find((h) => h !== null);
  return (
    <div>
      <ul className={css.hours}>
        {w.days.map((day, i) => {
          const h = hours[i] ?? null;
          const wrong = h !== null && h.close <= h.open;
          return (
            <li key={day}>
              <CheckField label={day} checked={h !== null} onChange={(on) => set(i, on ? (first ?? USUAL) : null)} />
              {h ? (
                <div className={css.times}>
                  <input
                    type="time"
                    className={css.time}
                    aria-label={w.from(day)}
                    value={toClock(h.open)}
                    onChange={(e) => set(i, { ...h, open: fromClock(e.currentTarget.value) ?? h.open })}
                  />
                  <span>{w.until}</span>
                  <input
                    type="time"
                    className={css.time}
                    aria-label={w.to(day)}
                    aria-invalid={wrong || undefined}
                    value={toClock(h.close)}
                    onChange={(e) => set(i, { ...h, close: fromClock(e.currentTarget.value) ?? h.close })}
                  />
                  {wrong && <span className={css.bad}>{w.hoursWrong}</span>}
                </div>
              ) : (
                <span className={css.quiet}>{w.closed}</span>
              )}
            </li>
          );
        })}
      </ul>
      {first && (
        <Button variant="subtle" size="xs" className={css.flush ?? ''} onClick={() => onChange(hours.map((h) => (h ? first : null)))}>
          {w.copyDown}
        </Button>
      )}
    </div>
  );
}

export const hoursOk = (hours: Hours): boolean => hours.every((h) => h === null || h.close > h.open);

/** Holidays and other single closed days. */
export function ClosedDays({ days, onChange }: { days: readonly string[]; onChange: (days: string[]) => void }) {
  const w = useWords(words).shop;
  const [day, setDay] = useState('');
  const add = () => {
    if (/^\d{4}-\d\d-\d\d$/.test(day)) onChange([...new Set([...days, day])].sort());
    setDay('');
  };
  return (
    <div className={css.fields}>
      <div className={css.inline}>
        <input type="date" className={css.time} aria-label={w.date} value={day} onChange={(e) => setDay(e.currentTarget.value)} />
        <Button variant="default" onClick={add} disabled={!day}>
          {w.addDay}
        </Button>
      </div>
      {days.length === 0 ? (
        <p className={css.quiet}>{w.noDays}</p>
      ) : (
        <ul className={css.pills}>
          {days.map((d) => (
            <li key={d}>
              <Day day={d} />
              <button type="button" aria-label={w.removeDay(d)} onClick={() => onChange(days.filter((x) => x !== d))}>
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
