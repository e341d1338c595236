import { EVERY_DAY, type OfferKind } from '@domain/offers/offer';
import type { In } from '@renderer/api';
import type { Terms } from './say';
import type { OfferRow } from './words';

/** An offer while it is being filled in: boxes may be empty. */
export interface Draft {
  name: string;
  kind: OfferKind;
  percent: number | null;
  amount: number | null;
  item: string;
  bundle: 'price' | 'get';
  buy: number | null;
  get: number | null;
  getPercent: number | null;
  forPrice: number | null;
  points: number | null;
  minSpend: number | null;
  terms: string;
  items: string[];
  categories: string[];
  fixed: boolean;
  validDays: number | null;
  fromDay: string;
  untilDay: string;
  weekdays: number;
  timed: boolean;
  fromTime: string;
  untilTime: string;
  codeMode: 'personal' | 'shared';
  sharedCode: string;
  codeUses: number | null;
  mostUses: number | null;
  membersOnly: boolean;
  club: string | null;
  tillKey: string;
}

const two = (n: number) => String(n).padStart(2, '0');
const timeOf = (minute: number | null, usual: string) =>
  minute === null ? usual : `${two(Math.floor(Math.min(minute, 1439) / 60))}:${two(Math.min(minute, 1439) % 60)}`;

/** Minutes of the day of `HH:MM`; null when it is none. The last minute of the day means its end. */
function minuteOf(time: string, end: boolean): number | null {
  const m = /^(\d\d):(\d\d)$/.exec(time);
  if (!m) return null;
  const minute = Number(m[1]) * 60 + Number(m[2]);
  return end && (minute === 1439 || minute === 0) ? 1440 : minute;
}

export const draftOf = (o: OfferRow | null): Draft => ({
  name: o?.name ?? '',
  kind: o?.kind ?? 'percent',
  percent: o?.percent ?? 15,
  amount: o?.amount ?? null,
  item: o?.item ?? '',
  bundle: o?.bundle && o.bundle.forPrice === null ? 'get' : 'price',
  buy: o?.bundle?.buy ?? 2,
  get: o?.bundle && o.bundle.forPrice === null ? o.bundle.get : 1,
  getPercent: o?.bundle && o.bundle.forPrice === null ? o.bundle.percent : 100,
  forPrice: o?.bundle?.forPrice ?? null,
  points: o?.points ?? 50,
  minSpend: o?.minSpend || null,
  terms: o?.terms ?? '',
  items: o?.items ?? [],
  categories: o?.categories ?? [],
  fixed: o?.untilDay != null,
  validDays: o?.validDays ?? 14,
  fromDay: o?.fromDay ?? '',
  untilDay: o?.untilDay ?? '',
  weekdays: o?.weekdays ?? EVERY_DAY,
  timed: o?.fromMinute != null,
  fromTime: timeOf(o?.fromMinute ?? null, '09:00'),
  untilTime: timeOf(o?.untilMinute ?? null, '12:00'),
  codeMode: o?.codeMode ?? 'personal',
  sharedCode: o?.sharedCode ?? '',
  codeUses: o?.codeUses ?? 1,
  mostUses: o?.mostUses ?? null,
  membersOnly: o?.membersOnly ?? false,
  club: o?.club ?? null,
  tillKey: o?.tillKey ?? '',
});

/** Whether anything behind "More rules" is set: then they are shown from the start. */
export const hasRules = (d: Draft): boolean =>
  d.items.length + d.categories.length > 0 ||
  d.weekdays !== EVERY_DAY ||
  d.timed ||
  d.membersOnly ||
  d.codeUses !== 1 ||
  d.mostUses !== null;

/** What is promised so far, for the preview; empty boxes count as not yet said. */
export function termsOf(d: Draft): Terms {
  const price = d.bundle === 'price';
  return {
    kind: d.kind,
    percent: d.kind === 'percent' ? (d.percent ?? 0) : null,
    amount: (d.kind === 'amount' ? (d.amount ?? 0) : null) as Terms['amount'],
    item: d.kind === 'free-item' ? d.item.trim() || '…' : '',
    bundle:
      d.kind !== 'bundle'
        ? null
        : {
            buy: d.buy ?? 2,
            get: price ? 0 : (d.get ?? 1),
            percent: price ? 0 : (d.getPercent ?? 100),
            forPrice: (price ? (d.forPrice ?? 0) : null) as NonNullable<Terms['bundle']>['forPrice'],
          },
    points: d.kind === 'points' ? (d.points ?? 0) : null,
    minSpend: (d.minSpend ?? 0) as Terms['minSpend'],
    terms: d.terms,
    items: d.items,
    categories: d.categories,
    validDays: d.validDays ?? 14,
    fromDay: (d.fixed && d.fromDay ? d.fromDay : null) as Terms['fromDay'],
    untilDay: (d.fixed && d.untilDay ? d.untilDay : null) as Terms['untilDay'],
    weekdays: d.weekdays,
    fromMinute: d.timed ? minuteOf(d.fromTime, false) : null,
    untilMinute: d.timed ? minuteOf(d.untilTime, true) : null,
    codeMode: d.codeMode,
    codeUses: d.codeMode === 'shared' && !d.membersOnly ? 1 : (d.codeUses ?? 1),
    mostUses: d.codeMode === 'shared' ? d.mostUses : null,
    membersOnly: d.membersOnly,
    club: d.membersOnly ? d.club : null,
  };
}

/** What is asked of the backend: zeros of the preview are what the owner has not filled in. */
export function inputOf(d: Draft, id: OfferRow['id'] | null, archived: boolean): In<'offers/save'> {
  const t = termsOf(d);
  return {
    ...t,
    id,
    archived,
    name: d.name,
    percent: t.percent || null,
    amount: t.amount || null,
    item: d.item,
    bundle: t.bundle && t.bundle.forPrice === 0 ? null : t.bundle,
    points: t.points || null,
    sharedCode: d.codeMode === 'shared' ? d.sharedCode : null,
    tillKey: d.tillKey,
  };
}
