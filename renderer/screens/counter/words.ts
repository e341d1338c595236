import type { Out } from '@renderer/api';
import { givesWords, type Saying, thingsWords } from '@renderer/screens/offers/say';
import type { counter } from '@renderer/strings/counter';
import type { desk } from '@renderer/strings/desk';
import { money } from '@renderer/ui/format';

export type CounterWords = (typeof counter)['en'];
export type DeskWords = (typeof desk)['en'];
export type Person = Out<'counter/find'>['people'][number];
export type CodeAnswer = NonNullable<Out<'counter/find'>['code']>;
type Offer = Person['offers'][number]['offer'];

/** "Key 10% off as TEXT10": what to do at the till for it, from the offer itself where nobody gave it a key. */
export function tillWords(offer: Offer, w: DeskWords['till'], s: Saying): string {
  const cash = offer.amount === null ? '' : money(offer.amount, s.currency, s.locale);
  const things = thingsWords(offer, s);
  const on = (said: string) => (things === '' ? said : s.w.offOn(said, things));
  const [plain, said] =
    offer.kind === 'percent' && offer.percent !== null
      ? [w.plain.percent(offer.percent), on(w.percent(offer.percent))]
      : offer.kind === 'amount' && offer.amount !== null
        ? [w.plain.amount(cash), on(w.amount(cash))]
        : offer.kind === 'free-item'
          ? [w.plain.freeItem(offer.item), w.freeItem(offer.item, money(0, s.currency, s.locale))]
          : [givesWords(offer, s, offer.name), w.other(givesWords(offer, s, offer.name))];
  return offer.tillKey ? w.key(plain, offer.tillKey) : said;
}

type Tone = 'neutral' | 'good' | 'info' | 'warn' | 'danger';

/** What would make them somebody we may text; '' where nothing is missing. */
export function nextStep(p: Person['permission'], w: DeskWords['card']['next']): string {
  if (p.whyNot === 'no-phone') return w.noNumber;
  if (p.carrierStop) return w.start;
  if (p.whyNot === 'bad-number' || p.whyNot === 'landline' || p.whyNot === 'toll-free') return w.number;
  if (p.state === 'hold') return w.owner;
  if (p.state === 'pending') return w.answer;
  if (p.state === 'out' || p.state === 'paused') return w.again;
  return p.state === 'in' ? '' : w.signUp;
}

/** Where a person stands with texts, in one line for staff. */
export function permissionWords(p: Person['permission'], w: CounterWords): { label: string; tone: Tone } {
  const said = w.permission;
  if (p.whyNot === 'no-phone') return { label: said.noPhone, tone: 'neutral' };
  if (p.carrierStop) return { label: said.carrierStop, tone: 'danger' };
  if (p.state === 'out') return { label: said.out, tone: 'danger' };
  if (p.state === 'hold') return { label: said.hold, tone: 'warn' };
  if (p.whyNot === 'bad-number' || p.whyNot === 'landline' || p.whyNot === 'toll-free') return { label: said.badNumber, tone: 'warn' };
  if (p.state === 'pending') return { label: said.pending, tone: 'info' };
  if (p.state === 'paused') return { label: said.paused, tone: 'warn' };
  if (p.state === 'in') return { label: said.in, tone: 'good' };
  return { label: said.never, tone: 'neutral' };
}
