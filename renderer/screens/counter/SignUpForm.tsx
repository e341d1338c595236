import { echoPhone } from '@domain/customers/show-phone';
import type { ApiError } from '@renderer/api';
import { ErrorNote } from '@renderer/ui';
import { IconBackspace } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import css from './signup.module.css';
import type { CounterWords } from './words';

export interface Answers {
  phone: string;
  firstName: string;
  birthday: string;
  ticked: boolean;
  topics: string[];
}

interface SignUpFormProps {
  words: CounterWords;
  shopName: string;
  country: string;
  /** The exact words of the permission; null until they are here, and then there is nothing to tick yet. */
  wording: string | null;
  promiseMax: number | null;
  topics: readonly { slug: string; name: string }[];
  busy: boolean;
  error: ApiError | undefined;
  onSend: (answers: Answers) => void;
}

const MOST_DIGITS = 15;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const DAYS = Array.from({ length: 31 }, (_, i) => String(i + 1));
const two = (n: number) => String(n).padStart(2, '0');

/** Number on the left with keys large enough for a thumb, everything optional on the right, one button. */
export function SignUpForm(p: SignUpFormProps) {
  const { words: w } = p;
  const id = useId();
  const [phone, setPhone] = useState('');
  const [firstName, setFirstName] = useState('');
  const [month, setMonth] = useState('');
  const [day, setDay] = useState('');
  const [year, setYear] = useState('');
  const [ticked, setTicked] = useState(false);
  const [topics, setTopics] = useState<readonly string[]>([]);
  const [empty, setEmpty] = useState(false);
  const box = useRef<HTMLInputElement>(null);

  const shown = echoPhone(phone, p.country);
  const type = (digit: string) => setPhone((now) => (now.replace(/\D/g, '').length < MOST_DIGITS ? now + digit : now));
  const edit = (text: string) => {
    setEmpty(false);
    const digits = (text.trim().startsWith('+') ? '+' : '') + text.replace(/\D/g, '').slice(0, MOST_DIGITS);
    // Deleting a bracket or a space that we drew means deleting the digit before it.
    setPhone(digits === phone && text.length < shown.length ? phone.slice(0, -1) : digits);
  };
  const why = empty ? 'empty' : p.error?.code === 'customer.bad-phone' ? String(p.error.params['why'] ?? '') : null;
  const said = why === null ? null : (w.fail.phone[why] ?? w.fail.phone['not-valid'] ?? '');
  const shownAbove = why !== null || p.error?.code === 'consent.already-in' || p.error?.code === 'consent.under-age';
  const birthday = month && day ? `${/^\d{4}$/.test(year) ? year : '-'}-${two(Number(month))}-${two(Number(day))}` : '';

  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (phone === '') {
          setEmpty(true);
          box.current?.focus();
          return;
        }
        p.onSend({ phone, firstName, birthday, ticked, topics: [...topics] });
      }}
    >
      <div className={css.intro}>
        <h1>{w.form.title(p.shopName)}</h1>
        <p>
          {w.form.lead} {p.promiseMax !== null && <strong>{w.form.upTo(p.promiseMax)}.</strong>}
        </p>
      </div>
      <div className={css.left}>
        <label htmlFor={`${id}-phone`}>{w.form.number}</label>
        <input
          ref={box}
          id={`${id}-phone`}
          className={css.number}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          value={shown}
          onChange={(e) => edit(e.currentTarget.value)}
          aria-invalid={said !== null}
          aria-describedby={`${id}-phone-hint`}
          data-number
        />
        <p id={`${id}-phone-hint`} className={said ? css.bad : css.hint} role={said ? 'alert' : undefined}>
          {said ?? w.form.numberHint}
        </p>
        <div className={css.pad}>
          {KEYS.map((k) => (
            <button key={k} type="button" onClick={() => type(k)}>
              {k}
            </button>
          ))}
          <button type="button" className={css.padWord} onClick={() => setPhone('')}>
            {w.form.clear}
          </button>
          <button type="button" onClick={() => type('0')}>
            0
          </button>
          <button type="button" aria-label={w.form.back} onClick={() => setPhone((now) => now.slice(0, -1))}>
            <IconBackspace size={28} stroke={1.6} aria-hidden />
          </button>
        </div>
        <p className={css.hint}>{w.form.adults}</p>
      </div>
      <div className={css.right}>
        <div className={css.pair}>
          <div>
            <label htmlFor={`${id}-name`}>{w.form.name}</label>
            <input
              id={`${id}-name`}
              className={css.text}
              value={firstName}
              maxLength={60}
              autoComplete="off"
              onChange={(e) => setFirstName(e.currentTarget.value)}
            />
          </div>
          <fieldset className={css.birthday}>
            <legend>{w.form.birthday}</legend>
            <select aria-label={w.form.month} className={css.text} value={month} onChange={(e) => setMonth(e.currentTarget.value)}>
              <option value="">{w.form.month}</option>
              {w.form.months.map((m, i) => (
                <option key={m} value={i + 1}>
                  {m}
                </option>
              ))}
            </select>
            <select aria-label={w.form.day} className={css.text} value={day} onChange={(e) => setDay(e.currentTarget.value)}>
              <option value="">{w.form.day}</option>
              {DAYS.map((d) => (
                <option key={d} value={d}>
                  {d}
                </option>
              ))}
            </select>
            <input
              aria-label={w.form.year}
              placeholder={w.form.year}
              className={css.text}
              inputMode="numeric"
              maxLength={4}
              value={year}
              onChange={(e) => setYear(e.currentTarget.value.replace(/\D/g, ''))}
            />
          </fieldset>
        </div>
        {p.topics.length > 0 && (
          <fieldset className={css.topics}>
            <legend>{w.form.topics}</legend>
            {p.topics.map((t) => {
              const on = topics.includes(t.slug);
              return (
                <button
                  key={t.slug}
                  type="button"
                  aria-pressed={on}
                  onClick={() => setTopics((now) => (on ? now.filter((x) => x !== t.slug) : [...now, t.slug]))}
                >
                  {t.name}
                </button>
              );
            })}
          </fieldset>
        )}
        <label className={css.tick} data-ticked={ticked || undefined}>
          <input
            type="checkbox"
            checked={ticked}
            disabled={p.wording === null}
            onChange={(e) => setTicked(e.currentTarget.checked)}
            data-tick
          />
          <span>{p.wording ?? w.form.wordingWait}</span>
        </label>
        {!shownAbove && <ErrorNote error={p.error} />}
        <div className={css.end}>
          <button type="submit" className={css.go} disabled={p.busy || p.wording === null}>
            {w.form.go}
          </button>
          <p className={css.hint}>{w.form.without}</p>
        </div>
      </div>
    </form>
  );
}
