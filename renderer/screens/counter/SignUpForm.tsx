import { echoPhone } from '@domain/customers/show-phone';
import type { ApiError, Out } from '@renderer/api';
import type { Language } from '@renderer/strings';
import type { SignUpWords } from '@renderer/strings/sign-up';
import { ErrorNote } from '@renderer/ui';
import { IconBackspace } from '@tabler/icons-react';
import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Birthday } from './Birthday';
import { takeKeys } from './first-keys';
import css from './signup.module.css';

/** The exact words in all their variants, from `display/state`. */
export type FormWords = NonNullable<Out<'display/state'>['words']>;

export interface Answers {
  phone: string;
  firstName: string;
  birthday: string;
  ticked: boolean;
  promiseMax: number;
  wordingHash: string;
  topics: string[];
  email: string;
  emailTicked: boolean;
  emailWordingHash: string;
}

interface SignUpFormProps {
  words: SignUpWords;
  language: Language;
  shopName: string;
  country: string;
  form: FormWords;
  busy: boolean;
  error: ApiError | undefined;
  onSend: (answers: Answers) => void;
  /** How far they are: a number, more than a number, ticked. */
  onStep: (step: 'number' | 'details' | 'ticked') => void;
}

const MOST_DIGITS = 15;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** Shown above the form or as its end, not as a note. */
const SAID_ELSEWHERE: readonly string[] = ['customer.bad-phone', 'customer.bad-email'];

/** Number on the left with keys large enough for a thumb, everything optional on the right, one button. Boxes and number start empty. */
export function SignUpForm(p: SignUpFormProps) {
  const { words: w, form, language } = p;
  const id = useId();
  const [phone, setPhone] = useState('');
  const [firstName, setFirstName] = useState('');
  const [birthday, setBirthday] = useState('');
  const [ticked, setTicked] = useState(false);
  const [promise, setPromise] = useState<number | null>(null);
  const [topics, setTopics] = useState<readonly string[]>([]);
  const [email, setEmail] = useState<{ text: string; ticked: boolean } | null>(null);
  const [empty, setEmpty] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  // The digits of somebody who was quicker than the page. With the page itself, not after it: the next key finds them in the box.
  useLayoutEffect(() => {
    const first = takeKeys();
    if (first) setPhone(first);
    box.current?.focus();
  }, []);

  const promiseMax = promise ?? form.promises.at(-1) ?? 1;
  const wording = form.wording.find((x) => x.language === language && x.promiseMax === promiseMax);
  const { onStep } = p;
  const step = ticked ? 'ticked' : phone.length >= 10 ? 'details' : 'number';
  useEffect(() => onStep(step), [step, onStep]);

  const why = empty ? 'empty' : p.error?.code === 'customer.bad-phone' ? String(p.error.params['why'] ?? '') : null;
  const said = why === null ? null : (w.phone[why] ?? w.phone['not-valid'] ?? '');
  const changed = p.error?.code === 'input.invalid' && p.error.params['field'] === 'wording';

  return (
    <form
      className={css.form}
      noValidate
      autoComplete="off"
      onSubmit={(e) => {
        e.preventDefault();
        if (phone === '') {
          setEmpty(true);
          box.current?.focus();
          return;
        }
        p.onSend({
          phone,
          firstName,
          birthday,
          ticked,
          promiseMax,
          wordingHash: wording?.hash ?? '',
          topics: ticked || email?.ticked ? [...topics] : [],
          email: email?.text.trim() ?? '',
          emailTicked: email?.ticked ?? false,
          emailWordingHash: form.email?.[language].hash ?? '',
        });
      }}
    >
      <div className={css.intro}>
        <h1>{w.title(p.shopName)}</h1>
        <p>{w.lead}</p>
      </div>
      <NumberBox
        id={id}
        words={w}
        box={box}
        phone={phone}
        country={p.country}
        said={said}
        onPhone={(next) => {
          setEmpty(false);
          setPhone(next);
        }}
      />
      <div className={css.right}>
        <div className={css.pair}>
          <div>
            <label htmlFor={`${id}-name`}>{w.name}</label>
            <input
              id={`${id}-name`}
              className={css.text}
              value={firstName}
              maxLength={60}
              autoComplete="off"
              onChange={(e) => setFirstName(e.currentTarget.value)}
            />
          </div>
          <Birthday words={w} onChange={setBirthday} />
        </div>
        <div className={css.choices}>
          {form.topics.length > 0 && (
            <fieldset className={css.topics}>
              <legend>{w.topics}</legend>
              {form.topics.map((t) => {
                const on = topics.includes(t.slug);
                return (
                  <button
                    key={t.slug}
                    type="button"
                    aria-pressed={on}
                    title={t.about[language] || undefined}
                    onClick={() => setTopics((now) => (on ? now.filter((x) => x !== t.slug) : [...now, t.slug]))}
                  >
                    {t.name[language]}
                  </button>
                );
              })}
            </fieldset>
          )}
          {form.promises.length > 1 && (
            <fieldset className={css.topics} data-promise>
              <legend>{w.howOften}</legend>
              {form.promises.map((n) => (
                <button key={n} type="button" aria-pressed={n === promiseMax} aria-label={w.upTo(n)} onClick={() => setPromise(n)}>
                  {n}
                </button>
              ))}
            </fieldset>
          )}
        </div>
        {changed && (
          <p className={css.bad} role="alert">
            {w.changed}
          </p>
        )}
        <label className={css.tick} data-ticked={ticked || undefined}>
          <input
            type="checkbox"
            checked={ticked}
            disabled={!wording}
            onChange={(e) => setTicked(e.currentTarget.checked)}
            data-tick
            aria-describedby={`${id}-without`}
          />
          <span>{wording?.text ?? w.wordingWait}</span>
        </label>
        {form.email && (
          <Email
            id={id}
            words={w}
            wording={form.email[language].text}
            value={email}
            bad={p.error?.code === 'customer.bad-email'}
            onChange={setEmail}
          />
        )}
        {p.error && !changed && !SAID_ELSEWHERE.includes(p.error.code) && <ErrorNote error={p.error} />}
        <div className={css.end}>
          <button type="submit" className={css.go} disabled={p.busy || !wording}>
            {w.go}
          </button>
          <p className={css.hint} id={`${id}-without`}>
            {w.without}
          </p>
        </div>
      </div>
    </form>
  );
}

interface NumberBoxProps {
  id: string;
  words: SignUpWords;
  box: RefObject<HTMLInputElement | null>;
  phone: string;
  country: string;
  said: string | null;
  onPhone: (digits: string) => void;
}

/** The number, read back as people write it while it is typed. */
export function NumberBox({ id, words: w, box, phone, country, said, onPhone }: NumberBoxProps) {
  const shown = echoPhone(phone, country);
  const type = (digit: string) => {
    if (phone.replace(/\D/g, '').length < MOST_DIGITS) onPhone(phone + digit);
  };
  const edit = (text: string) => {
    const digits = (text.trim().startsWith('+') ? '+' : '') + text.replace(/\D/g, '').slice(0, MOST_DIGITS);
    // Deleting a bracket or a space that we drew means deleting the digit before it.
    onPhone(digits === phone && text.length < shown.length ? phone.slice(0, -1) : digits);
  };
  return (
    <div className={css.left}>
      <label htmlFor={`${id}-phone`}>{w.number}</label>
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
        {said ?? w.numberHint}
      </p>
      <div className={css.pad}>
        {KEYS.map((k) => (
          <button key={k} type="button" onClick={() => type(k)}>
            {k}
          </button>
        ))}
        <button type="button" className={css.padWord} onClick={() => onPhone('')}>
          {w.clear}
        </button>
        <button type="button" onClick={() => type('0')}>
          0
        </button>
        <button type="button" aria-label={w.back} onClick={() => onPhone(phone.slice(0, -1))}>
          <IconBackspace size={28} stroke={1.6} aria-hidden />
        </button>
      </div>
    </div>
  );
}

interface EmailProps {
  id: string;
  words: SignUpWords;
  wording: string;
  value: { text: string; ticked: boolean } | null;
  bad: boolean;
  onChange: (value: { text: string; ticked: boolean } | null) => void;
}

/** E-mail is asked for only by those who want to give one; its box is its own and empty. */
function Email({ id, words: w, wording, value, bad, onChange }: EmailProps) {
  const input = useRef<HTMLInputElement>(null);
  const open = value !== null;
  useEffect(() => {
    if (open) input.current?.focus();
  }, [open]);
  if (!value) {
    return (
      <button type="button" className={css.more} onClick={() => onChange({ text: '', ticked: false })}>
        {w.addEmail}
      </button>
    );
  }
  return (
    <div className={css.email}>
      <div>
        <label htmlFor={`${id}-email`}>{w.email}</label>
        <input
          ref={input}
          id={`${id}-email`}
          className={css.text}
          type="email"
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          maxLength={254}
          value={value.text}
          aria-invalid={bad}
          aria-describedby={bad ? `${id}-email-bad` : undefined}
          onChange={(e) => onChange({ ...value, text: e.currentTarget.value })}
        />
        {bad && (
          <p className={css.bad} role="alert" id={`${id}-email-bad`}>
            {w.badEmail}
          </p>
        )}
      </div>
      <label className={css.tick} data-ticked={value.ticked || undefined}>
        <input
          type="checkbox"
          checked={value.ticked}
          onChange={(e) => onChange({ ...value, ticked: e.currentTarget.checked })}
          data-email-tick
        />
        <span>{wording}</span>
      </label>
    </div>
  );
}
