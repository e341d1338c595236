import { plannedCampaigns, putOff } from '@db/queries/campaign-schedule';
import { dropForeign, forgetForeign, kinOf, knownForeign, ourCodes, saveForeign } from '@db/queries/foreign-texts';
import { readPoll, savePoll, sendingCampaigns } from '@db/queries/outbox-results';
import { readMeta } from '@db/queries/settings';
import { DAY, type UtcMs } from '@domain/kernel';
import { codesIn } from '@domain/offers/codes-in';
import type { CarrierMessage } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { pauseCampaign } from './brake';
import { announce } from './sender-state';

const KEPT_MS = 90 * DAY;

/** Since when foreign texts count: what lay in the account before this file was connected, or came back, is history. */
export function watchedSince(ctx: Ctx): UtcMs {
  const epoch = readMeta(ctx.db, 'epoch') ?? '1';
  const { accountSid } = ctx.settings().texting;
  const { cursor } = readPoll(ctx.db, 'foreign');
  if (typeof cursor['since'] === 'number' && cursor['epoch'] === epoch && cursor['account'] === accountSid) return cursor['since'] as UtcMs;
  const since = ctx.clock.now();
  savePoll(ctx.db, 'foreign', { since, epoch, account: accountSid }, null);
  return since;
}

/**
 * Outgoing messages that no row of ours owns: another program on the account, or another copy of this shop. They are counted and shown,
 * never adopted. One with the very words, or a code, of ours to somebody of ours means another computer sends for this shop too: every
 * campaign pauses, and planned ones wait for the owner, before people get things twice. Returns how many were new.
 */
export function noteStrangers(ctx: Ctx, strangers: readonly CarrierMessage[]): number {
  const since = watchedSince(ctx); // from the first look on, also when it meets no stranger
  if (strangers.length === 0) return 0;
  // the carrier's own answers are nobody's; what it only holds, or was called off, has not left
  const left = strangers.filter((m) => !m.automatic && m.status !== 'scheduled' && m.status !== 'canceled' && dated(m) >= since);
  if (left.length === 0) return 0;
  const known = knownForeign(
    ctx.db,
    left.map((m) => m.sid),
  );
  const found: { sid: string; at: UtcMs; ours: boolean; alike: boolean }[] = [];
  for (const m of left) {
    if (known.has(m.sid)) continue;
    known.add(m.sid);
    const kin = kinOf(ctx.db, m);
    // its answer is still owed, or it was posted twice by ourselves: the next look knows
    if (kin.maybe) continue;
    found.push({ sid: m.sid, at: dated(m), ours: kin.ours, alike: kin.alike || (kin.ours && ourCodes(ctx.db, codesIn(m.body))) });
  }
  if (found.length === 0) return 0;
  const n = ctx.db.tx((trx) => {
    forgetForeign(trx, (ctx.clock.now() - KEPT_MS) as UtcMs);
    return saveForeign(trx, found);
  });
  const alike = found.filter((f) => f.alike).length;
  if (alike > 0) {
    ctx.log.warn('another copy of this shop is sending', { texts: alike });
    for (const c of sendingCampaigns(ctx.db)) pauseCampaign(ctx, c.id, 'second-copy');
    // its plans are the same as ours: at their hour both would send
    for (const id of plannedCampaigns(ctx.db)) ctx.db.tx((trx) => putOff(trx, id, 'second-copy', ctx.clock.now()));
    ctx.changed('campaigns');
  }
  announce(ctx);
  return n;
}

/** Somebody found out that these are ours after all (the texts of a restored copy, read back from the carrier's list). */
export function claimForeign(ctx: Ctx, sids: readonly string[]): void {
  ctx.db.tx((trx) => dropForeign(trx, sids));
}

const dated = (m: CarrierMessage): UtcMs => m.sentAt ?? m.createdAt;
