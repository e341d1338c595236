import type { Db } from '@db/open';
import type { CampaignId, UtcMs } from '@domain/kernel';
import type { Brake } from '@domain/outbox/brake';
import { type Bucket, fullBucket, PARALLEL_START, type Parallel, pace } from '@domain/outbox/pacing';
import type { Ctx } from '../ctx';

/** Why nothing at all leaves just now. */
export type BlockReason = 'replies-unread' | 'not-connected' | 'carrier-busy' | 'unreachable' | 'account' | 'disk-full';

/** What the one sender of a shop file keeps in memory: nothing here is needed to be right after a crash. */
export interface SenderState {
  bucket: Bucket;
  parallel: Parallel;
  /** Failures in a row that say the carrier cannot be reached or is too busy. */
  streak: number;
  block: { reason: BlockReason; until: UtcMs; code: number | null } | null;
  inFlight: Set<Promise<void>>;
  /** Answers of the carrier that could not be written down (full disk): nothing else leaves before they are. */
  unwritten: (() => void)[];
  brakes: Map<CampaignId, { at: UtcMs; brake: Brake; fresh: boolean }>;
  /** Spent since the month began, with when it was last read from the table. */
  spend: { month: UtcMs; spent: number; readAt: UtcMs } | null;
  /** Settings the put-off texts were judged by. */
  judgedBy: string;
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
  announcing: NodeJS.Timeout | null;
}

const states = new WeakMap<Db, SenderState>();

/** The sender's memory for this shop file; made on first use. */
export function senderState(ctx: Ctx): SenderState {
  let s = states.get(ctx.db);
  if (!s) {
    const now = ctx.clock.now();
    s = {
      bucket: fullBucket(now, pace(ctx.settings().texting.segmentsPerSecond)),
      parallel: PARALLEL_START,
      streak: 0,
      block: null,
      inFlight: new Set(),
      unwritten: [],
      brakes: new Map(),
      spend: null,
      judgedBy: '',
      pollAt: 0 as UtcMs,
      pollEvery: 15_000,
      pricesAt: 0 as UtcMs,
      idleRepliesAt: 0 as UtcMs,
      asleepSince: null,
      lastTurnAt: null,
      running: false,
      woken: false,
      wakeNap: () => {},
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
  s.spend = null;
  wake(s);
}

export function wake(s: SenderState): void {
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
