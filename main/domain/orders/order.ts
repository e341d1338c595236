import { addDays, daysBetween, shopDay } from '../calendar';
import { type OpenHours, openingOf } from '../counter/open-hours';
import type { ShopDay, UtcMs } from '../kernel';
import { SYMBOLS } from '../offers/code';

/** What a shop keeps for one person until they come: ordered for them, set aside, paid off bit by bit, or mended. */
export const ORDER_KINDS = ['special-order', 'hold', 'lay-away', 'repair'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** `ready`: it is here and can be fetched. A hold is from the beginning. */
export const ORDER_STATES = ['open', 'ready', 'collected', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_STEPS = ['ready', 'not-ready', 'collected', 'cancelled', 'reopened'] as const;
export type OrderStep = (typeof ORDER_STEPS)[number];

const NEXT: Readonly<Record<OrderState, Partial<Record<OrderStep, OrderState>>>> = {
  open: { ready: 'ready', collected: 'collected', cancelled: 'cancelled' },
  ready: { 'not-ready': 'open', collected: 'collected', cancelled: 'cancelled' },
  collected: { reopened: 'ready' },
  cancelled: { reopened: 'open' },
};

/** The state after a step; null = that step is not open to an order in this state. */
export const afterStep = (state: OrderState, step: OrderStep, kind: OrderKind): OrderState | null => {
  const next = NEXT[state][step] ?? null;
  // what is set aside lies there all the time
  return next === 'open' && kind === 'hold' ? (step === 'not-ready' ? null : 'ready') : next;
};

export const firstState = (kind: OrderKind): OrderState => (kind === 'hold' ? 'ready' : 'open');
export const isOver = (state: OrderState): boolean => state === 'collected' || state === 'cancelled';

const REF_LENGTH = 4;

/**
 * A short number for the slip and the text (`H7K4`), drawn and not counted: a restored copy that counted on would give a second order
 * the number, and with it the permission, of another. `randomBytes` cryptographic; taken ones are the caller's to refuse.
 */
export function makeRef(randomBytes: (n: number) => Uint8Array): string {
  const fair = Math.floor(256 / SYMBOLS.length) * SYMBOLS.length;
  let ref = '';
  while (ref.length < REF_LENGTH) {
    const byte = randomBytes(1)[0] as number;
    if (byte < fair) ref += SYMBOLS[byte % SYMBOLS.length] as string;
  }
  return ref;
}

/** Not fetched this many shop days after it was ready: whoever asked to be told hears of it once more. */
export const REMIND_AFTER_DAYS = 3;
/** Longer than this and staff see it as overdue. */
export const UNCOLLECTED_AFTER_DAYS = 7;

export interface OrderDates {
  kind: OrderKind;
  state: OrderState;
  /** The day that was told: when it should be here, or until when it is kept. */
  dueOn: ShopDay | null;
  createdAt: UtcMs;
  readyAt: UtcMs | null;
}

/** `late`: promised for an earlier day and not here; `uncollected`: here for long, or kept longer than was told. */
export type OrderStanding = 'on-time' | 'late' | 'uncollected';

export function standingOf(o: OrderDates, now: UtcMs, shop: OpenHours): OrderStanding {
  const today = shopDay(now, shop.zone);
  if (o.state === 'open') return o.dueOn !== null && o.dueOn < today ? 'late' : 'on-time';
  if (o.state !== 'ready') return 'on-time';
  if (o.kind === 'hold' && o.dueOn !== null) return o.dueOn < today ? 'uncollected' : 'on-time';
  const since = daysBetween(shopDay(o.readyAt ?? o.createdAt, shop.zone), today);
  return since >= UNCOLLECTED_AFTER_DAYS ? 'uncollected' : 'on-time';
}

/**
 * When somebody is reminded that it waits for them: a hold on the last day it is kept, anything else some shop days after it was ready,
 * both when the shop opens; a closed day is passed over, the last day of a hold backwards. Null: nothing to remind of.
 */
export function reminderOf(o: OrderDates, shop: OpenHours): { at: UtcMs; until: UtcMs | null } | null {
  if (o.state !== 'ready') return null;
  const began = shopDay(o.readyAt ?? o.createdAt, shop.zone);
  const lastDay = o.kind === 'hold' ? o.dueOn : null;
  const wanted = lastDay ?? addDays(began, REMIND_AFTER_DAYS);
  for (let n = 0; n < 14; n++) {
    const day = addDays(wanted, lastDay === null ? n : -n);
    // told the same day they asked for it: no news
    if (day <= began) return null;
    const open = openingOf(day, shop);
    if (open) return { at: open.from, until: lastDay === null ? null : open.to };
  }
  return null;
}
