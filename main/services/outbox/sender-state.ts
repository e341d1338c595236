import type { Db } from '@db/open';
import type { OutboxRow } from '@db/queries/outbox';
import type { CampaignId, UtcMs } from '@domain/kernel';
import type { Brake } from '@domain/outbox/brake';
import { type Bucket, type Ease, PARALLEL_START, type Parallel } from '@domain/outbox/pacing';
import type { SendOutcome } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import type { ShareToday } from './daily-share';

/** Why nothing at all leaves just now. */
export type BlockReason = 'replies-unread' | 'not-connected' | 'carrier-busy' | 'unreachable' | 'account' | 'disk-full' | 'restored';

/** What the carrier answered to one POST, not written down yet. */
export interface Answer {
  row: OutboxRow;
  attemptId: number;
  startedAt: UtcMs;
  outcome: SendOutcome;
}

/** Pace of one sender: a number, or a service with all its numbers. */
export interface SenderPace {
  bucket: Bucket;
  ease: Ease;
}

/** What the one sender of a shop file keeps in memory: nothing here is needed to be right after a crash. */
export interface SenderState {
  /** By number or service: what one has saved up is not another's. */
  paces: Map<string, SenderPace>;
  parallel: Parallel;
  /** Failures in a row that say the carrier cannot be reached or is too busy. */
  streak: number;
  block: { reason: BlockReason; until: UtcMs; code: number | null } | null;
  inFlight: Set<Promise<void>>;
  /** Answers on their way into the file; nothing else leaves before they are there (post.ts). */
  unwritten: Answer[];
  writing: NodeJS.Timeout | null;
  brakes: Map<CampaignId, { at: UtcMs; brake: Brake; fresh: boolean }>;
  /** Spent in a month, by its first instant, with when that was last read from the table. */
  spend: Map<UtcMs, { spent: number; readAt: UtcMs }>;
  /** Segments that left since the carriers' day began, with when that was last read from the table. */
  today: { since: UtcMs; left: number; readAt: UtcMs } | null;
  /** A carrier said that the day is used up; undefined = not read from the file yet. */
  capped: { until: UtcMs; code: number } | null | undefined;
  /** How far the sales reach, with when that was last asked. */
  sales: { at: UtcMs; behind: boolean } | null;
  /** Which campaigns are about somebody who did not come: their rule is frozen. */
  aboutAbsence: Map<string, boolean>;
  /** What left today of campaigns that are spread over days. */
  shares: Map<CampaignId, ShareToday>;
  /** Settings the put-off texts were judged by, and whether sales were missing; null before the first look. */
  judgedBy: { key: string; behind: boolean } | null;
  /** Put-off texts still to be looked at anew, some at a time. */
  anew: readonly string[] | 'all' | null;
  /** Failed texts are looked through again at. */
  resendAt: UtcMs;
  /** The last moment seen: time that runs backwards is a clock set back. */
  seenAt: UtcMs | null;
  /** Deliveries are asked for again at; how long the pause was. */
  pollAt: UtcMs;
  pollEvery: number;
  pricesAt: UtcMs;
  idleRepliesAt: UtcMs;
  /** The computer slept since then and nobody has caught up yet (wake.ts); null = awake. */
  asleepSince: UtcMs | null;
  lastTurnAt: UtcMs | null;
  running: boolean;
  /** Set by `wakeSender` and by every answered POST, so that a wake during a look is not lost. */
  woken: boolean;
  wakeNap: () => void;
  /** The same for the other half of the sender: looking for texts, results, replies. */
  watchWoken: boolean;
  wakeWatchNap: () => void;
  announcing: NodeJS.Timeout | null;
}

const states = new WeakMap<Db, SenderState>();

/** The sender's memory for this shop file; made on first use. */
export function senderState(ctx: Ctx): SenderState {
  let s = states.get(ctx.db);
  if (!s) {
    s = {
      paces: new Map(),
      parallel: PARALLEL_START,
      streak: 0,
      block: null,
      inFlight: new Set(),
      unwritten: [],
      writing: null,
      brakes: new Map(),
      spend: new Map(),
      today: null,
      capped: undefined,
      sales: null,
      aboutAbsence: new Map(),
      shares: new Map(),
      judgedBy: null,
      anew: null,
      resendAt: 0 as UtcMs,
      seenAt: null,
      pollAt: 0 as UtcMs,
      pollEvery: 15_000,
      pricesAt: 0 as UtcMs,
      idleRepliesAt: 0 as UtcMs,
      asleepSince: null,
      lastTurnAt: null,
      running: false,
      woken: false,
      wakeNap: () => {},
      watchWoken: false,
      wakeWatchNap: () => {},
      announcing: null,
    };
    states.set(ctx.db, s);
  }
  return s;
}

/** Something new may be sent or the owner decided something: look now instead of at the next turn. */
export function wakeSender(ctx: Ctx): void {
  const s = senderState(ctx);
  if (s.block && s.block.reason !== 'carrier-busy' && s.block.reason !== 'unreachable') s.block = null;
  s.brakes.clear();
  s.spend.clear();
  s.today = null;
  s.shares.clear();
  s.sales = null;
  wake(s);
}

/** Both halves of the sender look now. */
export function wake(s: SenderState): void {
  wakeSending(s);
  s.watchWoken = true;
  s.wakeWatchNap();
}

/** Only what sends: an answer came, a slot is free. */
export function wakeSending(s: SenderState): void {
  s.woken = true;
  s.wakeNap();
}

const ANNOUNCE_EVERY_MS = 400;

/** Tells the screens, at most a few times a second however many texts move. */
export function announce(ctx: Ctx): void {
  const s = senderState(ctx);
  if (s.announcing) return;
  s.announcing = setTimeout(() => {
    s.announcing = null;
    ctx.changed('outbox', 'campaigns');
  }, ANNOUNCE_EVERY_MS);
  s.announcing.unref();
}

/** Uniform in [0, 1) from the context's randomness. */
export function random(ctx: Ctx): number {
  const b = ctx.randomBytes(4);
  return ((b[0] ?? 0) * 2 ** 24 + (b[1] ?? 0) * 2 ** 16 + (b[2] ?? 0) * 2 ** 8 + (b[3] ?? 0)) / 2 ** 32;
}
