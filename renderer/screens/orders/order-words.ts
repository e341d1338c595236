import type { Out } from '@renderer/api';
import type { OrderWords } from '@renderer/strings/orders';
import type { ChipTone } from '@renderer/ui';

export type StaffOrder = Out<'orders/open'>['open'][number];
export type News = Out<'orders/step'>['news'];

/** "Trail Runner, size 8½". */
export const thingOf = (o: Pick<StaffOrder, 'what' | 'size'>, w: OrderWords): string =>
  [o.what, o.size && w.size(o.size)].filter(Boolean).join(', ');

/** How it stands, in one chip. */
export function chipOf(o: StaffOrder, w: OrderWords): { label: string; tone: ChipTone } {
  if (o.standing !== 'on-time') return { label: w.standing[o.standing], tone: 'warn' };
  if (o.state === 'ready') return { label: o.kind === 'hold' ? w.holdReady : w.states.ready, tone: 'good' };
  return { label: w.states[o.state], tone: o.state === 'open' ? 'info' : 'neutral' };
}

/** Number, day and how its text stands, in one quiet line. */
export function detailsOf(
  o: StaffOrder,
  w: OrderWords,
  say: { day: (day: string) => string; at: (at: number) => string; near: (at: number) => string },
): string {
  const over = o.state === 'collected' || o.state === 'cancelled';
  const text =
    o.text === null
      ? over
        ? ''
        : o.textsWanted
          ? w.text.wanted
          : w.text.none
      : o.text.state === 'failed'
        ? w.text.failed
        : o.text.at === null
          ? w.text.waits
          : o.text.reminder
            ? w.text.reminded(say.near(o.text.at))
            : w.text.left(say.near(o.text.at));
  return [
    w.number(o.ref),
    o.dueOn !== null && (o.kind === 'hold' ? w.until(say.day(o.dueOn)) : w.due(say.day(o.dueOn))),
    o.state === 'ready' && o.kind !== 'hold' && o.readyAt !== null && w.ready(say.at(o.readyAt)),
    text,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What staff are told after "It is here": that a text goes, or why somebody has to call. */
export function newsWords(news: News, w: OrderWords, near: (at: number) => string): string | null {
  if (news === null) return null;
  if (!news.text) return w.news.why[news.why] ?? w.news.none;
  if (news.leavesAt === null) return w.news.waits;
  return news.leavesAt > Date.now() + 60_000 ? w.news.later(near(news.leavesAt)) : w.news.now;
}
