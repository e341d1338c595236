import type { Db, Trx } from '@db/open';
import { type ConsentEventRow, keepAddress, keepWording, ledgerHead } from '@db/queries/consent';
import { putBox } from '@db/queries/evidence';
import type { ErasureFact } from '@db/queries/privacy';
import {
  closeStartedDraft,
  hasEvent,
  insertCodeOnce,
  insertCustomerOnce,
  insertStoredEvent,
  putCard,
  putRedemption,
  sendingCampaigns,
  setCampaignStateForRestore,
  unsureAfterRestore,
} from '@db/queries/replay';
import { readSettings, writeMeta } from '@db/queries/settings';
import { advance } from '@domain/campaigns/state';
import { GENESIS, hashOf } from '@domain/consent/chain';
import { keyedSeal } from '@domain/consent/hmac';
import type { UtcMs } from '@domain/kernel';
import { HEAD_META, type JournalledEvent, refold } from '../consent/ledger';
import type { JournalEntry } from '../ctx';
import { replayErased } from '../privacy/erase';
import type { ForgottenEvent } from '../privacy/finish';

/**
 * After a restore: brings back, in order, what happened since the copy was made (what the copy already knows is left alone), and
 * takes sending out of everything that was under way. Texts that were still waiting in the copy may have left since: they become
 * uncertain and wait for the owner, never for the sender.
 */
export function replayJournal(
  trx: Trx,
  hmacKey: Uint8Array,
  journal: readonly JournalEntry[],
  now: UtcMs,
): { replayed: number; pausedCampaigns: number } {
  let replayed = 0;
  const numbers = new Set<string>();
  for (const entry of journal) {
    if (entry.kind === 'consent') replayed += replayEvent(trx, entry.event as unknown as JournalledEvent, now, numbers) ? 1 : 0;
    else if (entry.kind === 'sign-up') replayed += insertCustomerOnce(trx, entry.row as never) ? 1 : 0;
    else if (entry.kind === 'member-card') replayed += putCard(trx, entry.row as never) ? 1 : 0;
    else if (entry.kind === 'code-issued') replayed += insertCodeOnce(trx, entry.row as never) ? 1 : 0;
    else if (entry.kind === 'campaign-started') replayed += closeStartedDraft(trx, entry.row.id, now) ? 1 : 0;
    else if (entry.kind === 'erased') replayed += replayErased(trx, hmacKey, entry.row as unknown as ErasureFact, now) ? 1 : 0;
    else replayed += putRedemption(trx, entry.row as never) ? 1 : 0;
  }
  const head = ledgerHead(trx);
  if (head) writeMeta(trx as Db, HEAD_META, JSON.stringify({ id: head.id, seal: keyedSeal(hmacKey, head.hash) }));
  for (const hmac of numbers) {
    for (const channel of ['sms', 'email'] as const) refold({ settings: () => readSettings(trx) }, trx, hmac, now, channel);
  }
  return { replayed, pausedCampaigns: holdSending(trx, now) };
}

/** One ledger event. Where it no longer fits on the end of the restored ledger (a gap in the journal) it is chained anew: a stop is never lost. */
function replayEvent(trx: Trx, event: JournalledEvent, now: UtcMs, numbers: Set<string>): boolean {
  if (hasEvent(trx, event.row)) return false;
  if (event.wording) keepWording(trx, event.wording, now);
  const head = ledgerHead(trx);
  let row: ConsentEventRow = event.row;
  if (row.prev_hash !== (head?.hash ?? GENESIS) || row.id !== (head?.id ?? 0) + 1) {
    const { hash: _old, ...fields } = { ...row, id: (head?.id ?? 0) + 1, prev_hash: head?.hash ?? GENESIS };
    row = { ...fields, hash: hashOf(fields) };
  }
  const { photo, ...evidence } = event.evidence;
  insertStoredEvent(trx, row, { ...evidence, event_id: row.id, photo: photo === null ? null : Buffer.from(photo, 'base64') });
  // of somebody erased since: locked proof, no number
  const { sealed } = event as ForgottenEvent;
  if (sealed) putBox(trx, row.id, Buffer.from(sealed, 'base64'));
  if (evidence.address) keepAddress(trx, evidence.address, row.address_hmac);
  numbers.add(row.address_hmac);
  return true;
}

function holdSending(trx: Trx, now: UtcMs): number {
  const campaigns = sendingCampaigns(trx);
  for (const c of campaigns) {
    const next = advance(c.state, c.state === 'staging' ? 'cancel' : 'pause');
    setCampaignStateForRestore(trx, c.id, next, now);
  }
  unsureAfterRestore(trx, now);
  return campaigns.length;
}
