import { type NewEntry, ticketTaken } from '@db/queries/draws';
import { cutLog, mergeSearch, wipeDeleted, wipeFreePages } from '@db/queries/erase';
import { boxOfHash } from '@db/queries/evidence';
import { closeErasure, findErasure, keysOfErasure, openErasures } from '@db/queries/privacy';
import { personOf } from '@db/queries/replay-loyalty';
import { addressHmac } from '@domain/consent/hmac';
import { SECOND, type UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { JournalledEvent } from '../consent/ledger';
import type { Ctx, JournalEntry } from '../ctx';

/** A line of the journal about somebody who was erased: `sealed` (base64) stands in place of the evidence. */
export type ForgottenEvent = JournalledEvent & { sealed?: string };

/** Pages of 4 KB overwritten at once: a few milliseconds. */
const PAGES = 200;

/**
 * The last traces: what the search index still holds, the journal beside the shop file, pages SQLite has freed, and its log. In
 * small steps between which the counter is answered. Cut off, it starts again when the shop is opened.
 */
export function finishErasure(ctx: Ctx, id: number, signal: AbortSignal): Promise<{ erasureId: number }> {
  const before = running.get(ctx.db) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => finish(ctx, id, signal));
  running.set(ctx.db, mine);
  return mine;
}

/** One at a time: two would write the same journal anew. */
const running = new WeakMap<object, Promise<unknown>>();

async function finish(ctx: Ctx, id: number, signal: AbortSignal): Promise<{ erasureId: number }> {
  const { db } = ctx;
  const row = findErasure(db, id);
  if (!row?.openIds) return { erasureId: id };
  const hmacs = new Set(keysOfErasure(db, id).map((k) => k.hmac));
  const ids = new Map(row.openIds.map((i) => [i.id, i.madeAt]));
  await ctx.journal.rewrite((entry) => forget(ctx, entry, { hmacs, ids, at: row.at }));
  wipeDeleted(db, true);
  try {
    for (let first = true; !mergeSearch(db, first); first = false) {
      signal.throwIfAborted();
      await nextTurn();
    }
    while (!wipeFreePages(db, PAGES)) {
      signal.throwIfAborted();
      await nextTurn();
    }
  } finally {
    wipeDeleted(db, false);
  }
  db.tx((trx) => closeErasure(trx, id));
  for (let tries = 0; tries < 5 && !cutLog(db); tries++) await ctx.clock.sleep(SECOND, signal).catch(() => undefined);
  return { erasureId: id };
}

/** At the opening of the shop: erasures that a crash or a restore left half done. */
export async function finishErasures(ctx: Ctx, signal: AbortSignal): Promise<void> {
  for (const e of openErasures(ctx.db)) await finishErasure(ctx, e.id, signal);
}

/** A line of the journal without the person; what came by their own act since stays. */
function forget(
  ctx: Ctx,
  entry: JournalEntry,
  who: { hmacs: ReadonlySet<string>; ids: ReadonlyMap<number, readonly number[]>; at: UtcMs },
): JournalEntry | null {
  if (entry.at > who.at) return entry;
  if (entry.kind === 'sign-up') {
    const row = entry.row as { id?: number; created_at?: number };
    const made = row.id === undefined ? undefined : who.ids.get(row.id);
    return made?.includes(Number(row.created_at)) ? null : entry;
  }
  if (entry.kind === 'member-card') return who.ids.has(Number(entry.row['customerId'])) ? null : entry;
  if (entry.kind === 'order') return who.ids.has(entry.row.customer_id) ? null : entry;
  if (entry.kind === 'texts') {
    const texts = entry.row['texts'] as { to: string; customerId: number | null }[];
    const left = texts.filter(
      (t) => !who.hmacs.has(addressHmac(ctx.hmacKey, t.to)) && !(t.customerId !== null && who.ids.has(t.customerId)),
    );
    return left.length === texts.length ? entry : left.length === 0 ? null : { ...entry, row: { texts: left } };
  }
  if (entry.kind === 'mails') {
    const m = entry.row as unknown as { to: string; customerId: number | null };
    return who.hmacs.has(addressHmac(ctx.hmacKey, m.to)) || (m.customerId !== null && who.ids.has(m.customerId)) ? null : entry;
  }
  if (entry.kind === 'steps')
    return without(
      entry,
      entry.row.moves,
      (m) => !who.ids.has(m.customerId),
      (moves) => ({ moves }),
    );
  if (entry.kind === 'wishes-told')
    return without(
      entry,
      entry.row.wishes,
      (w) => !who.ids.has(w.customerId),
      (wishes) => ({ wishes }),
    );
  if (entry.kind === 'notice') {
    const { notice } = entry.row;
    return without(
      entry,
      entry.row.people,
      (p) => !who.ids.has(p.customer_id),
      (people) => ({ notice, people }),
    );
  }
  if (entry.kind === 'causes')
    return without(
      entry,
      entry.row.causes,
      (c) => !who.ids.has(c.customerId),
      (causes) => ({ causes }),
    );
  if (entry.kind === 'links')
    return without(
      entry,
      entry.row.links,
      (l) => !who.ids.has(l.customerId),
      (links) => ({ links }),
    );
  if (entry.kind === 'reached') {
    const { row } = entry;
    return without(
      entry,
      row.who,
      (id) => !who.ids.has(id),
      (left) => ({ ...row, who: left }),
    );
  }
  if (entry.kind === 'loyalty') return who.ids.has(personOf(entry.row) ?? 0) ? null : entry;
  if (entry.kind === 'draw-entries') return forgetEntries(ctx, entry, who);
  if (entry.kind !== 'consent') return entry;
  const event = entry.event as unknown as JournalledEvent;
  if (event.evidence.address === null) return entry;
  const box = boxOfHash(ctx.db, event.row.hash);
  // of a number that stays with the family only what was locked away
  if (box === null && !who.hmacs.has(event.row.address_hmac)) return entry;
  const { queued: _itsTexts, ...kept } = event;
  const emptied: ForgottenEvent = {
    ...kept,
    evidence: {
      ...event.evidence,
      salt: '',
      address: null,
      name: null,
      inbound_sid: null,
      inbound_text: null,
      photo: null,
      sealed_at: who.at,
    },
    ...(box && { sealed: box.toString('base64') }),
  };
  return { ...entry, event: { ...emptied } };
}

/** A line of several facts without some of them; without any, none. */
function without<E extends JournalEntry & { row: unknown }, T>(
  entry: E,
  all: readonly T[],
  keep: (one: T) => boolean,
  row: (left: T[]) => E['row'],
): JournalEntry | null {
  const left = all.filter(keep);
  return left.length === all.length ? entry : left.length === 0 ? null : ({ ...entry, row: row(left) } as JournalEntry);
}

/** A ticket that was drawn from stays without its holder, as in the file; out of an open draw they went, and so does it. */
function forgetEntries(
  ctx: Ctx,
  entry: Extract<JournalEntry, { kind: 'draw-entries' }>,
  who: { hmacs: ReadonlySet<string>; ids: ReadonlyMap<number, readonly number[]> },
): JournalEntry | null {
  const theirs = (e: NewEntry) =>
    (e.customerId !== null && who.ids.has(e.customerId)) || (e.phone !== null && who.hmacs.has(addressHmac(ctx.hmacKey, e.phone)));
  const { entries } = entry.row;
  if (!entries.some(theirs)) return entry;
  const left = entries.flatMap((e) => {
    if (!theirs(e)) return [e];
    const nobody = { ...e, personKey: `erased:${e.ticket}`, customerId: null, name: '', phone: null, inboundSid: null };
    return ticketTaken(ctx.db, e.drawId, e.ticket) ? [nobody] : [];
  });
  return left.length === 0 ? null : { ...entry, row: { entries: left } };
}
