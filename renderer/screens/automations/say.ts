import type { AutomationKind } from '@domain/automations/kinds';
import { mailWordsFor, usesTexts } from '@domain/campaigns/channels';
import type { Out } from '@renderer/api';
import { useShell } from '@renderer/api';
import type { AutomationWords } from '@renderer/strings/automations';
import type { CampaignWords } from '@renderer/strings/campaigns';
import type { OutboxWords } from '@renderer/strings/outbox';
import { when } from '@renderer/ui/format';
import { useMemo } from 'react';
import { pauseWords } from '../campaigns/sending-words';
import { reasonWords } from '../campaigns/words';
import { minuteWords } from '../offers/say';
import { type Say, useSay } from '../reports/format';

export type Row = Out<'automations/list'>['rows'][number];
export type One = Out<'automations/one'>;
export type Pattern = One['pattern'];
export type Today = Out<'automations/today'>['rows'][number];
export type Quote = Out<'automations/quote'>;

/** Numbers as this shop says them, and the day of an instant. */
export type DaySay = Say & { dayAt: (at: number) => string };
export function useDaySay(): DaySay {
  const say = useSay();
  const { shop, locale } = useShell();
  return useMemo(() => ({ ...say, dayAt: (at) => when(at, 'day', shop.zone, locale, Date.now()) }), [say, shop.zone, locale]);
}

/** Why somebody gets none, or did not. */
export const whyWords = (reason: string, w: AutomationWords, c: CampaignWords): string => w.reasons[reason] ?? reasonWords(reason, c);

/** Where a day of a month without its year stands: `--11-05` or `1990-11-05`. */
const dayOfYear = (birthday: string, at: number): string => `${new Date(at).getUTCFullYear()}-${birthday.slice(-5)}`;

/** What a cause says by itself: `late:2026-10-01` is “last in Thu, 1 Oct”; its last part is the day, the year or the number it is about. */
export function causeWords(cause: string, w: AutomationWords, say: Pick<Say, 'day'>): string {
  const [what = '', ...rest] = cause.split(':');
  const last = rest.at(-1) ?? '';
  const day = /^\d{4}-\d\d-\d\d$/.test(last) ? say.day(last) : last;
  const c = w.causes;
  switch (what) {
    case 'birthday':
      return c.birthdayYear(last);
    case 'late':
    case 'lapse':
      return c.late(day);
    case 'welcome':
      return last === 'purchase' ? c.purchase : c.signUp;
    case 'rising':
      return c.rising(day);
    case 'review':
    case 'bought-not':
      return c.bought(day);
    case 're-buy':
      return c.boughtOf(rest.slice(0, -1).join(':'), day);
    case 'code':
      return c.code(`${last.slice(0, 3)}-${last.slice(3)}`);
    case 'anniversary':
      return c.anniversary(last);
    case 'arrival':
      return c.arrival;
    case 'order':
      return c.order(last);
    case 'wish':
      return c.wish;
    case 'thing':
      return c.thing(day);
    case 'points':
      return c.points(day);
    case 'reward-near':
    case 'near':
      return c.rewardNear;
    case 'reward-ready':
    case 'ready':
    case 'reward':
      return c.reward;
    default:
      return c.other;
  }
}

/** Why it is somebody's day today, with what is known of them. */
export function todayWords(r: Pick<Today, 'cause' | 'dueAt' | 'facts'>, kind: AutomationKind, w: AutomationWords, say: DaySay): string {
  const { facts: f } = r;
  const at = say.dayAt;
  switch (kind) {
    case 'birthday':
      return f.birthday === null ? causeWords(r.cause, w, say) : w.causes.birthday(say.day(dayOfYear(f.birthday, r.dueAt)));
    case 'late':
    case 'lapsed':
      if (f.lastVisitAt === null) return causeWords(r.cause, w, say);
      return f.usualDays === null
        ? w.causes.late(at(f.lastVisitAt))
        : w.causes.lateUsual(at(f.lastVisitAt), w.causes.gap(Math.max(1, Math.round(f.usualDays))));
    case 'welcome-purchase':
      return f.firstVisitAt === null ? w.causes.purchase : w.causes.purchaseOn(at(f.firstVisitAt));
    case 'anniversary':
      return f.firstVisitAt === null ? causeWords(r.cause, w, say) : w.causes.since(at(f.firstVisitAt));
    default:
      return causeWords(r.cause, w, say);
  }
}

/** What keeps it from speaking, shortest first; null = nothing does. */
export function waitsFor(r: Row, w: AutomationWords): string | null {
  if (r.missing !== null) return w.waits.missing(w.missing[r.missing] ?? w.terms[r.missing].toLowerCase());
  if (r.stopped === 'owner') return w.waits.owner;
  if (r.stopped === 'words') return w.waits.words;
  if (r.stopped !== null) return w.waits.other;
  if (r.state === 'on' && r.waitsForSales) return w.waits.sales;
  return null;
}

/** Why it is stopped, in a sentence; what the brake or the carrier stopped in the words of campaigns. */
export const stoppedWords = (stopped: string, w: AutomationWords, o: OutboxWords): string =>
  stopped === 'owner' ? w.notes.owner : stopped === 'words' ? w.notes.words : pauseWords(o, stopped);

/** `11:00 am` of the shop's day. */
export const atWords = (minute: number, locale: string): string => minuteWords(minute, locale);

/** What a part says: its text, or the subject of its mail where it goes by e-mail only; '' = nothing yet. */
export const saysOf = (p: Pattern, part: number, body: string): string =>
  (usesTexts(p.channels) ? body : (mailWordsFor(p.mails, part, 'en')?.subject ?? '')).trim();

export const nameOf = (p: { firstName: string; lastName: string; company: string }, none: string): string =>
  [p.firstName, p.lastName].filter(Boolean).join(' ') || p.company || none;

/** Sums of millionths as money that nobody has to squint at. */
export const toCents = (micros: number): number => Math.ceil(micros / 10_000) * 10_000;
