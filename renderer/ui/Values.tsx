import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { count, dayText, micros, money, phone, type WhenStyle, when, whenNear } from './format';
import css from './values.module.css';

/** Minor units of the shop's currency. */
export function Money(props: { cents: number; round?: boolean; sign?: boolean; currency?: string }) {
  const { shop, locale } = useShell();
  const text = money(props.cents, props.currency ?? shop.currency, locale, {
    ...(props.round !== undefined && { round: props.round }),
    ...(props.sign !== undefined && { sign: props.sign }),
  });
  return <span className={css.num}>{text}</span>;
}

/** A carrier's price in millionths of its own currency. */
export function MicroMoney({ micros: amount, currency }: { micros: number; currency: string }) {
  const { locale } = useShell();
  return <span className={css.num}>{micros(amount, currency, locale)}</span>;
}

/** A head-count or other whole number with its separators. */
export function Count({ n }: { n: number }) {
  const { locale } = useShell();
  return <span className={css.num}>{count(n, locale)}</span>;
}

/** A phone number as people write it. */
export function PhoneText({ phone: e164 }: { phone: string }) {
  return <span className={css.num}>{phone(e164)}</span>;
}

/** An instant in the shop's zone. `near` says today/yesterday where that is shorter. */
export function When({ at, style = 'day-time', near }: { at: number; style?: WhenStyle; near?: boolean }) {
  const { shop, locale } = useShell();
  const w = useWords(words);
  const now = Date.now();
  const full = when(at, 'day-time', shop.zone, locale, now);
  const text = near ? whenNear(at, shop.zone, locale, now, w.days) : when(at, style, shop.zone, locale, now);
  return (
    <time dateTime={new Date(at).toISOString()} title={full} className={css.num}>
      {text}
    </time>
  );
}

/** A shop day, `YYYY-MM-DD`. */
export function Day({ day }: { day: string }) {
  const { locale } = useShell();
  return (
    <time dateTime={day} className={css.num}>
      {dayText(day, locale, Date.now())}
    </time>
  );
}
