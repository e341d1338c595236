import type { Db, Trx } from '@db/open';
import { dropPeople } from '@db/queries/campaign-people';
import { type ConsentEventRow, keepAddress, keepWording, ledgerHead } from '@db/queries/consent';
import { putBox } from '@db/queries/evidence';
import { putNotice } from '@db/queries/notices';
import { putOffer } from '@db/queries/offers';
import { putOrder } from '@db/queries/orders';
import { dropStaged } from '@db/queries/outbox';
import type { ErasureFact } from '@db/queries/privacy';
import {
  closeStarted,
  hasEvent,
  holdOthers,
  insertCodeOnce,
  insertCustomerOnce,
  insertStoredEvent,
  personNow,
  putCard,
  putQueued,
  putSent,
  type SentFact,
  type StartedFact,
  sendingCampaigns,
  setCampaignStateForRestore,
  unsureAfterRestore,
} from '@db/queries/replay';
import { type CauseFact, holdAutomations, putCause } from '@db/queries/replay-automations';
import { putDraw, putEntry } from '@db/queries/replay-draws';
import { putLoyalty } from '@db/queries/replay-loyalty';
import { type MailFact, putMail, unsureMailsAfterRestore } from '@db/queries/replay-mail';
import { type MoveFact, putLink, putMove, putReached, takeBackReached } from '@db/queries/replay-paths';
import { type KnownRedemptions, noneKnown, putRedemption, voidAgain } from '@db/queries/replay-redemptions';
import { type Brought, NOTHING_BROUGHT } from '@db/queries/restore';
import { readSettings, writeMeta } from '@db/queries/settings';
import { putTold } from '@db/queries/wishes';
import { advance } from '@domain/campaigns/state';
import { GENESIS, hashOf } from '@domain/consent/chain';
import { keyedSeal } from '@domain/consent/hmac';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { HEAD_META, type JournalledEvent, refold } from '../consent/ledger';
import type { JournalEntry } from '../ctx';
import { replayErased } from '../privacy/erase';
import type { ForgottenEvent } from '../privacy/finish';

export interface Replayed {
  /** Entries that told something new. */
  replayed: number;
  brought: Brought;
  /** Campaigns on hold until the carrier's list was looked through. */
  pausedCampaigns: number;
  /** Events of the ledger that neither the copy nor the journal has. */
  gap: number;
}

/** What replaying keeps in mind from one entry to the next. */
interface Memory {
  numbers: Set<string>;
  /** Ledger events that were chained anew: what their number is now. */
  eventIds: Map<number, number>;
  /** Highest number of the ledger seen so far, as it was first written. */
  lastId: number;
  gap: number;
  /** Steps taken: known to be so once all texts are. */
  moves: MoveFact[];
  /** Causes taken by what runs by itself: once all campaigns are known. */
  causes: CauseFact[];
  /** Draws that turned out otherwise than the copy knows. */
  draws: Set<number>;
  redemptions: KnownRedemptions;
}

/**
 * After a restore: brings back, in order, what happened since the copy was made (what the copy already knows is left alone), and
 * takes sending out of everything that was under way. Texts that were still waiting in the copy may have left since: they become
 * uncertain and wait for the owner, never for the sender.
 */
export function replayJournal(trx: Trx, hmacKey: Uint8Array, journal: readonly JournalEntry[], now: UtcMs): Replayed {
  const brought: Brought = { ...NOTHING_BROUGHT };
  const memory: Memory = {
    numbers: new Set(),
    eventIds: new Map(),
    lastId: ledgerHead(trx)?.id ?? 0,
    gap: 0,
    moves: [],
    causes: [],
    draws: new Set(),
    redemptions: noneKnown(),
  };
  for (const entry of journal) replayOne(trx, hmacKey, entry, now, memory, brought);
  for (const move of memory.moves) if (putMove(trx, move)) brought.followUps++;
  for (const cause of memory.causes) if (putCause(trx, cause)) brought.followUps++;
  const head = ledgerHead(trx);
  if (head) writeMeta(trx as Db, HEAD_META, JSON.stringify({ id: head.id, seal: keyedSeal(hmacKey, head.hash) }));
  const pausedCampaigns = holdSending(trx, now);
  // after the texts: whether a question was asked, and when, decides about a permission
  for (const hmac of memory.numbers) {
    for (const channel of ['sms', 'email'] as const) refold({ settings: () => readSettings(trx) }, trx, hmac, now, channel);
  }
  const replayed = Object.values(brought).reduce((n, k) => n + k, 0);
  return { replayed, brought, pausedCampaigns, gap: memory.gap };
}

function replayOne(trx: Trx, hmacKey: Uint8Array, entry: JournalEntry, now: UtcMs, memory: Memory, brought: Brought): void {
  const count = (kind: keyof Brought, done: boolean) => {
    if (done) brought[kind]++;
  };
  switch (entry.kind) {
    case 'consent': {
      const event = entry.event as unknown as JournalledEvent;
      const fresh = replayEvent(trx, event, now, memory);
      count(event.row.kind === 'stopped' ? 'stops' : 'permissions', fresh);
      return;
    }
    case 'sign-up':
      count('signUps', insertCustomerOnce(trx, entry.row as never));
      return;
    case 'member-card':
      count('cards', putCard(trx, entry.row as never));
      return;
    case 'code-issued':
      count('codes', insertCodeOnce(trx, entry.row as never));
      return;
    case 'offer':
      putOffer(trx, entry.row);
      return;
    case 'order':
      count('orders', putOrder(trx, entry.row));
      return;
    case 'wishes-told':
      for (const t of entry.row.wishes) putTold(trx, t, personNow(trx, t.customerId));
      return;
    case 'notice':
      count('notices', putNotice(trx, entry.row));
      return;
    case 'codes-voided':
      voidAgain(trx, entry.row, entry.at);
      return;
    case 'campaign-started':
      count('campaigns', closeStarted(trx, entry.row as unknown as StartedFact, now));
      return;
    case 'erased':
      count('erased', replayErased(trx, hmacKey, entry.row as unknown as ErasureFact, now));
      return;
    case 'redemption':
      count('redemptions', putRedemption(trx, entry.row as never, memory.redemptions));
      return;
    case 'texts':
      for (const t of entry.row['texts'] as SentFact[]) count('texts', putSent(trx, withCause(t, memory), now));
      return;
    case 'mails':
      count('mails', putMail(trx, entry.row as unknown as MailFact, now));
      return;
    case 'steps':
      memory.moves.push(...entry.row.moves);
      return;
    case 'causes':
      memory.causes.push(...entry.row.causes);
      return;
    case 'reached':
      brought.reached += putReached(trx, entry.row);
      return;
    case 'reach-taken-back':
      takeBackReached(trx, entry.row);
      return;
    case 'links':
      for (const l of entry.row.links) count('links', putLink(trx, l));
      return;
    case 'draw':
      if (putDraw(trx, entry.row)) memory.draws.add(entry.row.id);
      brought.draws = memory.draws.size;
      return;
    case 'draw-entries':
      for (const e of entry.row.entries) count('drawEntries', putEntry(trx, e));
      return;
    case 'loyalty':
      count('rewards', putLoyalty(trx, entry.row));
      return;
    case 'restored':
      return;
  }
}

/** A confirmation's cause is its event, which may have another number by now. */
function withCause(t: SentFact, memory: Memory): SentFact {
  const byEvent = t.cause.kind === 'confirmation' || t.cause.kind === 'double-opt-in';
  const id = byEvent ? memory.eventIds.get(Number(t.cause.id)) : undefined;
  return id === undefined ? t : { ...t, cause: { kind: t.cause.kind, id: String(id) } };
}

const PRIORITY = { 'double-opt-in': 2, confirmation: 3 } as const;

/** One ledger event. Where it no longer fits on the end of the restored ledger (a gap in the journal) it is chained anew: a stop is never lost. */
function replayEvent(trx: Trx, event: JournalledEvent, now: UtcMs, memory: Memory): boolean {
  const known = hasEvent(trx, event.row);
  memory.gap += Math.max(0, event.row.id - memory.lastId - 1);
  memory.lastId = Math.max(memory.lastId, event.row.id);
  if (known) return false;
  if (event.wording) keepWording(trx, event.wording, now);
  const head = ledgerHead(trx);
  let row: ConsentEventRow = event.row;
  if (row.prev_hash !== (head?.hash ?? GENESIS) || row.id !== (head?.id ?? 0) + 1) {
    const { hash: _old, ...fields } = { ...row, id: (head?.id ?? 0) + 1, prev_hash: head?.hash ?? GENESIS };
    row = { ...fields, hash: hashOf(fields) };
    memory.eventIds.set(event.row.id, row.id);
  }
  const { photo, ...evidence } = event.evidence;
  insertStoredEvent(trx, row, { ...evidence, event_id: row.id, photo: photo === null ? null : Buffer.from(photo, 'base64') });
  // of somebody erased since: locked proof, no number
  const { sealed } = event as ForgottenEvent;
  if (sealed) putBox(trx, row.id, Buffer.from(sealed, 'base64'));
  if (evidence.address) keepAddress(trx, evidence.address, row.address_hmac);
  for (const q of event.queued ?? []) putQueued(trx, row.id, q, PRIORITY[q.kind], now);
  memory.numbers.add(row.address_hmac);
  return true;
}

function holdSending(trx: Trx, now: UtcMs): number {
  const campaigns = sendingCampaigns(trx);
  for (const c of campaigns) {
    if (c.state === 'staging') dropHalfWritten(trx, c.id);
    const next = advance(c.state, c.state === 'staging' ? 'cancel' : 'pause');
    setCampaignStateForRestore(trx, c.id, next, now);
  }
  const others = holdOthers(trx, now);
  holdAutomations(trx, now);
  unsureAfterRestore(trx, now);
  unsureMailsAfterRestore(trx, now);
  return campaigns.length + others;
}

/**
 * A copy made while a campaign was being prepared holds some of its people. That part would be told as the whole, everybody in it as not
 * texted, whatever left since: it is forgotten, and texts that left are found at the carrier like those of a campaign the copy knows as
 * a draft.
 */
function dropHalfWritten(trx: Trx, id: number): void {
  while (dropStaged(trx, { kind: 'campaign', id: String(id) }) + dropPeople(trx, id as CampaignId) > 0);
}
