import type { Db } from '@db/open';
import { dropSaid, keepSaid, lastSaid, type SaidRow, stagedSays } from '@db/queries/import-says';
import type { ImportRow } from '@db/queries/imports';
import type { ImportId, PhoneE164, UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { undoAttestOf } from './attest';
import { consentInChunks } from './bulk';
import { recordEmailStop } from './email';
import { recordStop } from './record';

/** Why the ledger says stop: words kept for the proof. */
const FILE_SAYS_NO = 'the till file says no';

/**
 * Takes over what a till file says about permission: every answer is kept as evidence with its words, column and row; a no stops
 * texts to the number, or e-mails to the address, at once. A yes permits nothing until the owner vouches for it (attest.ts).
 * What an earlier file of the same till said already is not kept twice.
 */
export async function takeSaid(ctx: Ctx, row: Pick<ImportRow, 'id' | 'source'>, staging: Db, signal: AbortSignal): Promise<void> {
  const at = ctx.clock.now();
  const write = (trx: Parameters<typeof recordStop>[1], s: SaidRow) => {
    const before = lastSaid(trx, row.source, s.channel, s.address);
    if (before?.says !== s.says || before.raw !== s.raw || before.column !== s.column) keepSaid(trx, row.id, row.source, s, at);
    if (s.says === 'no') stop(ctx, trx, s, at);
  };
  await consentInChunks(ctx, stagedSays(staging), write, { signal, budgetMs: 6 });
}

function stop(ctx: Ctx, trx: Parameters<typeof recordStop>[1], s: SaidRow, occurredAt: UtcMs): void {
  if (s.channel === 'email') {
    recordEmailStop(ctx, trx, { email: s.address, reason: FILE_SAYS_NO, occurredAt });
    return;
  }
  recordStop(ctx, trx, { phone: s.address as PhoneE164, method: 'import', reason: FILE_SAYS_NO, carrierStop: false, occurredAt });
}

/** Undo of an import: what was vouched for from its file ends by new ledger events, its evidence goes; stops stay. */
export async function forgetSaid(ctx: Ctx, importId: ImportId): Promise<void> {
  await undoAttestOf(ctx, importId, null);
  while (ctx.db.tx((trx) => dropSaid(trx, importId, 500)) > 0) await nextTurn();
}
