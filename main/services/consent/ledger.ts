import type { Topic } from '@contract/define';
import type { Trx } from '@db/open';
import {
  askedLeftAt,
  type ConsentEventRow,
  type ConsentEvidenceRow,
  eventsOf,
  insertEvent,
  insertEvidence,
  keepAddress,
  keepWording,
  ledgerHead,
  replaceStates,
  type ShownWords,
} from '@db/queries/consent';
import { type QueuedFact, queuedBy } from '@db/queries/replay';
import { writeMeta } from '@db/queries/settings';
import { evidenceHash, GENESIS, hashOf } from '@domain/consent/chain';
import type { ConsentChannel, ConsentKind, ConsentMethod, ConsentPurpose } from '@domain/consent/event';
import { addressHmac, keyedSeal, sha256Hex } from '@domain/consent/hmac';
import { type FoldedState, foldConsent } from '@domain/consent/status';
import type { PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Ctx, JournalEntry } from '../ctx';
import { senderState, wake } from '../outbox/sender-state';

declare const consentScope: unique symbol;
/** A transaction whose ledger entries will reach the journal once it has committed: only `withConsent` gives one. */
export type ConsentTrx = Trx & { readonly [consentScope]: true };

const waiting = new WeakMap<object, JournalEntry[]>();

/** Where the newest hash stands, sealed with the shop's key: shows that the end of the ledger was not cut off. */
export const HEAD_META = 'consent-head';

/**
 * Runs work that may write to the consent ledger in one transaction, appends what it wrote to the journal after the commit and
 * before returning, and announces it. Inside another `withConsent` it joins the outer one. Call it from outside any transaction:
 * the journal may only hold what is committed.
 */
export function withConsent<T>(ctx: Ctx, fn: (trx: ConsentTrx) => T extends Promise<unknown> ? never : T): T {
  const outer = waiting.get(ctx.db);
  if (outer) return fn(ctx.db as unknown as ConsentTrx) as T;
  ctx.db.settle();
  if (ctx.db.raw.inTransaction) throw new Error('withConsent inside a plain transaction: the journal could not wait for its commit');
  const entries: JournalEntry[] = [];
  waiting.set(ctx.db, entries);
  let result: T;
  try {
    result = ctx.db.tx((trx) => {
      const out = fn(trx as unknown as ConsentTrx) as T;
      withQueued(trx, entries);
      return out as never;
    }) as T;
  } finally {
    waiting.delete(ctx.db);
  }
  if (entries.length > 0) {
    ctx.journal.append(entries);
    ctx.changed(...(['consent', 'customers', 'outbox'] satisfies Topic[]));
    wake(senderState(ctx)); // a confirmation is expected while they still stand at the counter
  }
  return result;
}

/** Adds something else that must survive a restore (a sign-up's customer row) to the same journal write. */
export function journalWith(ctx: Ctx, entry: JournalEntry): void {
  const entries = waiting.get(ctx.db);
  if (!entries) throw new Error('journalWith outside withConsent');
  entries.push(entry);
}

/** Whose permission: a number's for texts, or an e-mail's. */
type DraftAddress = { phone: PhoneE164; email?: never } | { email: string; phone?: never };

export type LedgerDraft = DraftAddress & DraftFacts;

interface DraftFacts {
  purpose: ConsentPurpose;
  kind: ConsentKind;
  method: ConsentMethod;
  promiseMax?: number | null;
  topics?: readonly string[];
  language?: 'en' | 'es';
  wording?: ShownWords | null;
  reason?: string | null;
  staffId?: StaffId | null;
  device?: string;
  occurredAt: UtcMs;
  evidence?: { name?: string | null; inboundSid?: string | null; inboundText?: string | null; photo?: Uint8Array | null };
}

/** What the journal keeps of an event: enough to write it again, byte for byte. */
export interface JournalledEvent {
  row: ConsentEventRow;
  evidence: Omit<ConsentEvidenceRow, 'photo'> & { photo: string | null };
  wording: ShownWords | null;
  /** Confirmation or question that it queued: after a restore it stands there again, as one that may have left. */
  queued?: QueuedFact[];
}

/** The permission texts that these events queued, beside them: known only once the whole transaction was written. */
function withQueued(trx: Trx, entries: JournalEntry[]): void {
  for (const e of entries) {
    if (e.kind !== 'consent') continue;
    const event = e.event as unknown as JournalledEvent;
    if (event.row.kind !== 'signed-up' && event.row.kind !== 'asked' && event.row.kind !== 'agreed' && event.row.kind !== 'restarted')
      continue;
    const queued = queuedBy(trx, event.row.id);
    if (queued.length > 0) event.queued = queued;
  }
}

/**
 * Writes one event: chained to the one before, its evidence beside it, the number's states folded anew, the address kept. The
 * only way into the ledger. Returns the event's id and the number's states after it.
 */
export function appendEvent(ctx: Ctx, trx: ConsentTrx, d: LedgerDraft): { eventId: number; states: FoldedState[] } {
  const entries = waiting.get(ctx.db);
  if (!entries) throw new Error('a consent event outside withConsent');
  const now = ctx.clock.now();
  const address: string = d.email ?? d.phone;
  const channel = d.email === undefined ? 'sms' : 'email';
  const hmac = addressHmac(ctx.hmacKey, address);
  const head = ledgerHead(trx);
  const salt = Buffer.from(ctx.randomBytes(16)).toString('hex');
  const photo = d.evidence?.photo ?? null;
  const proof = {
    address,
    name: d.evidence?.name || null,
    inboundSid: d.evidence?.inboundSid ?? null,
    inboundText: d.evidence?.inboundText ?? null,
    photoHash: photo ? sha256Hex(photo) : null,
  };
  if (d.wording) keepWording(trx, d.wording, now);
  const fields = {
    id: (head?.id ?? 0) + 1,
    address_hmac: hmac,
    channel: channel as 'sms' | 'email',
    purpose: d.purpose,
    kind: d.kind,
    method: d.method,
    promise_max: d.promiseMax ?? null,
    topics: JSON.stringify([...new Set(d.topics ?? [])].sort()),
    language: d.language ?? 'en',
    wording_hash: d.wording?.hash ?? null,
    reason: d.reason ?? null,
    staff_id: d.staffId ?? null,
    device: d.device ?? '',
    evidence_hash: evidenceHash(salt, proof),
    occurred_at: Math.min(d.occurredAt, now), // a clock that ran ahead must not outlast a later stop
    recorded_at: now,
    prev_hash: head?.hash ?? GENESIS,
  };
  const row: ConsentEventRow = { ...fields, hash: hashOf(fields) };
  const evidence: ConsentEvidenceRow = {
    event_id: row.id,
    salt,
    address: proof.address,
    name: proof.name,
    inbound_sid: proof.inboundSid,
    inbound_text: proof.inboundText,
    photo: photo ? Buffer.from(photo) : null,
    sealed_at: null,
  };
  insertEvent(trx, row);
  insertEvidence(trx, evidence);
  keepAddress(trx, address, hmac);
  writeMeta(trx, HEAD_META, JSON.stringify({ id: row.id, seal: keyedSeal(ctx.hmacKey, row.hash) }));
  const states = refold(ctx, trx, hmac, now, channel);
  const journalled: JournalledEvent = {
    row,
    evidence: { ...evidence, photo: photo ? Buffer.from(photo).toString('base64') : null },
    wording: d.wording ?? null,
  };
  entries.push({ kind: 'consent', at: now, event: { ...journalled } });
  return { eventId: row.id, states };
}

/** Folds the events of a number (or e-mail) again and keeps the result where audiences read it. */
export function refold(ctx: Pick<Ctx, 'settings'>, trx: Trx, hmac: string, now: UtcMs, channel: ConsentChannel = 'sms'): FoldedState[] {
  const events = eventsOf(trx, hmac, channel);
  const leftAt = askedLeftAt(
    trx,
    events.filter((e) => e.kind === 'asked').map((e) => e.id),
  );
  const states = foldConsent(events, { now, zone: ctx.settings().shop.zone, askedLeftAt: leftAt });
  replaceStates(trx, hmac, channel, states);
  return states;
}
