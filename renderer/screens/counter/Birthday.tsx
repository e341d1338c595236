import type { SignUpWords } from '@renderer/strings/sign-up';
import { useState } from 'react';
import css from './signup.module.css';

const two = (n: number) => String(n).padStart(2, '0');
/** Of a year nobody named: 29 February is a birthday too. */
const daysIn = (month: number) => (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** The day that was chosen: `--MM-DD`, with the year where a whole one was typed; '' while something is missing. Never an error. */
export function birthdayOf(month: string, day: string, year: string): string {
  const [m, d, y] = [Number(month), Number(day), Number(year)];
  if (!m || !d || d > daysIn(m)) return '';
  const whole = /^\d{4}$/.test(year) && y >= 1900 && y <= new Date().getFullYear();
  // 29 February of a year that had none: the day counts, the year was a slip
  const exists = whole && !(m === 2 && d === 29 && new Date(Date.UTC(y, 1, 29)).getUTCMonth() !== 1);
  return `${exists ? year : '-'}-${two(m)}-${two(d)}`;
}

/** Month and day to choose from, so that no format can be wrong; the year only for those who like. */
export function Birthday({
  words: w,
  onChange,
  plain = false,
}: {
  words: SignUpWords;
  onChange: (birthday: string) => void;
  /** In a staff form, not on the customer's screen. */
  plain?: boolean;
}) {
  const [at, setAt] = useState({ month: '', day: '', year: '' });
  const set = (change: Partial<typeof at>) => {
    const next = { ...at, ...change };
    if (Number(next.day) > daysIn(Number(next.month) || 1)) next.day = '';
    setAt(next);
    onChange(birthdayOf(next.month, next.day, next.year));
  };
  const days = daysIn(Number(at.month) || 1);
  return (
    <fieldset className={css.birthday} data-plain={plain || undefined}>
      <legend>{w.birthday}</legend>
      <select aria-label={w.month} className={css.text} value={at.month} onChange={(e) => set({ month: e.currentTarget.value })}>
        <option value="">{w.month}</option>
        {w.months.map((m, i) => (
          <option key={m} value={i + 1}>
            {m}
          </option>
        ))}
      </select>
      <select aria-label={w.day} className={css.text} value={at.day} onChange={(e) => set({ day: e.currentTarget.value })}>
        <option value="">{w.day}</option>
        {Array.from({ length: days }, (_, i) => String(i + 1)).map((d) => (
          <option key={d} value={d}>
            {d}
          </option>
        ))}
      </select>
      <input
        aria-label={w.year}
        placeholder={w.year}
        className={css.text}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        value={at.year}
        onChange={(e) => set({ year: e.currentTarget.value.replace(/\D/g, '') })}
      />
    </fieldset>
  );
}
