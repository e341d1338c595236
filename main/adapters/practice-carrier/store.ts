import type { ListOptions, SimMessage, SimView } from './types';

/** What a message looks like at `t`. */
export function viewAt(m: SimMessage, t: number): SimView {
  let current = m.steps[0];
  let sentAt: number | null = null;
  for (const step of m.steps) {
    if (step.at > t) break;
    current = step;
    if (step.status === 'sent' || step.status === 'received') sentAt ??= step.at;
  }
  const known = t >= m.senderKnownAt;
  const priced = m.price !== null && t >= m.priceAt;
  return {
    m,
    status: current?.status ?? 'queued',
    errorCode: current?.errorCode ?? null,
    from: known || m.serviceSid === null ? m.from : null,
    segments: known || m.serviceSid === null ? m.segments : 0,
    sentAt,
    updatedAt: Math.max(priced ? m.priceAt : 0, current?.at ?? m.createdAt),
    price: priced ? m.price : null,
  };
}

const before = (a: SimMessage, b: SimMessage) => a.createdAt - b.createdAt || a.n - b.n;

function insert(list: SimMessage[], m: SimMessage): void {
  let lo = list.length;
  // Nearly always the newest, so walk back from the end.
  while (lo > 0 && before(list[lo - 1] as SimMessage, m) > 0) lo--;
  list.splice(lo, 0, m);
}

/** Every message, and the ways to find them. */
export class MessageStore {
  readonly bySid = new Map<string, SimMessage>();
  private readonly all: SimMessage[] = [];
  private readonly byTo = new Map<string, SimMessage[]>();
  private readonly byFrom = new Map<string, SimMessage[]>();

  add(m: SimMessage): void {
    this.bySid.set(m.sid, m);
    insert(this.all, m);
    for (const [index, key] of [
      [this.byTo, m.to],
      [this.byFrom, m.from],
    ] as const) {
      const list = index.get(key);
      if (list) insert(list, m);
      else index.set(key, [m]);
    }
  }

  to(number: string): readonly SimMessage[] {
    return this.byTo.get(number) ?? [];
  }

  /** Oldest first. */
  messages(): readonly SimMessage[] {
    return this.all;
  }

  /**
   * One page, newest first. `at` is the instant the list shows (lists may be stale), `hidden` leaves out rows that have not
   * reached the list yet, `overlap` repeats so many rows of the page before. `staleMs` shows rows as they were earlier. A date filter leaves out rows that have no sending date, as no documentation promises them.
   */
  page(
    options: ListOptions,
    at: number,
    hidden: (m: SimMessage) => boolean,
    o: { overlap?: number; staleMs?: number } = {},
  ): { rows: SimView[]; next: string | null } {
    const { to, from, sentFrom, sentUntil, pageSize } = options;
    const list = (to !== undefined ? this.byTo.get(to) : from !== undefined ? this.byFrom.get(from) : this.all) ?? [];
    let i = list.length - 1;
    const last = options.after === undefined ? undefined : this.bySid.get(options.after);
    if (last) {
      let lo = 0;
      let hi = list.length;
      while (lo < hi) {
        const mid = (lo + hi) >> 1;
        if (before(list[mid] as SimMessage, last) < 0) lo = mid + 1;
        else hi = mid;
      }
      i = Math.min(list.length - 1, lo - 1 + (o.overlap ?? 0));
    }
    const rows: SimView[] = [];
    for (; i >= 0; i--) {
      const m = list[i] as SimMessage;
      if (m.deleted || m.createdAt > at || hidden(m)) continue;
      if (from !== undefined && m.from !== from) continue;
      const view = viewAt(m, Math.max(m.createdAt, at - (o.staleMs ?? 0)));
      if (sentFrom !== undefined && (view.sentAt === null || view.sentAt < sentFrom)) continue;
      if (sentUntil !== undefined && (view.sentAt === null || view.sentAt > sentUntil)) continue;
      if (rows.length === pageSize) return { rows, next: rows[rows.length - 1]?.m.sid ?? null };
      rows.push(view);
    }
    return { rows, next: null };
  }
}
