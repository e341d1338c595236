import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockedWords, pauseWords } from '@renderer/screens/campaigns/sending-words';
import { outbox } from '@renderer/strings/outbox';
import type { LeaveReason } from '@services/outbox/may-leave';
import type { BlockReason } from '@services/outbox/sender-state';
import { describe, expect, it } from 'vitest';

const w = outbox.en;
const MAIN = join(import.meta.dirname, '../../main');
const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => readFileSync(join(MAIN, f), 'utf8'));

/** A new reason does not compile until it stands here, and fails until it has words. */
const BLOCKS: Readonly<Record<BlockReason, true>> = {
  'replies-unread': true,
  'not-connected': true,
  'carrier-busy': true,
  unreachable: true,
  account: true,
  'disk-full': true,
  restored: true,
};
const WAITS: Readonly<Record<LeaveReason, true>> = {
  'not-agreed': true,
  'opted-out': true,
  held: true,
  paused: true,
  'carrier-stop': true,
  'not-asked': true,
  'too-late': true,
  'asked-recently': true,
  'stale-sign-up': true,
  'bad-number': true,
  'shop-not-named': true,
  'stop-not-said': true,
  'replies-unread': true,
  'sender-not-approved': true,
  'confirmation-first': true,
  'quiet-hours': true,
  caps: true,
  expired: true,
  'person-gone': true,
  'number-changed': true,
  'month-used': true,
  'texted-recently': true,
  country: true,
  'came-since': true,
  'answered-since': true,
  'code-called-off': true,
  'stale-sales': true,
  'not-judged': true,
};

describe('whatever holds texts back is told in words of its own', () => {
  it.each(Object.keys(BLOCKS))('nothing leaves: %s', (reason) => {
    const said = blockedWords(w, { reason, code: 20003 });
    if (reason !== 'unreachable') expect(said).not.toBe(w.blocked.unreachable);
  });

  it.each(Object.keys(WAITS))('one text waits or is left out: %s', (reason) => {
    expect(Object.keys(w.reason)).toContain(reason);
  });

  const paused = new Set(files.flatMap((f) => [...f.matchAll(/pauseCampaign\(ctx, [^;]*?, ['`]([a-z-]+)/g)].map((m) => m[1] as string)));
  it.each([...paused].sort())('a campaign is paused: %s', (kind) => {
    const reason = { account: 'account:20003', brake: 'brake:filtered:30007:3/20' }[kind] ?? kind;
    expect(pauseWords(w, reason)).not.toBe(w.pause.other);
  });

  it('finds the places that pause', () => {
    expect([...paused]).toEqual(expect.arrayContaining(['account', 'brake', 'spend-limit', 'second-copy']));
  });
});
