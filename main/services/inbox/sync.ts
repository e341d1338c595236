import type { Db } from '@db/open';
import { readInboundPoll, saveInboundPoll } from '@db/queries/inbox';
import { REPLIES_FRESH_MS } from '@domain/consent/gate';
import { AppError } from '@domain/errors';
import { DAY, MINUTE, type UtcMs } from '@domain/kernel';
import type { MessagePage, SmsGateway } from '@ports/sms-gateway';
import { sweepConsent } from '../consent';
import type { Ctx } from '../ctx';
import { takeInbound } from './take';

const PAGE = 1000;
/** The carrier's lists are eventually consistent and its clock is not ours: always read this far behind the newest reply seen. */
const OVERLAP_MS = 30 * MINUTE;
/** The first time, stops that were sent before this computer was asked count too. */
const FIRST_LOOK_BACK_MS = 365 * DAY;
const ALL = '*';

const running = new WeakMap<Db, Promise<number>>();

let readNow: (db: Db, readAt: UtcMs) => FreshReplies;

/**
 * Proof that every reply up to a moment was fetched and classified. Nothing leaves without one (rules.md §2): the sender's transaction
 * takes it, and only this file can make one, after a reading without any error. A proof is of one shop file, and ages.
 */
export class FreshReplies {
  readonly #db: Db;
  readonly #readAt: UtcMs;
  private constructor(db: Db, readAt: UtcMs) {
    this.#db = db;
    this.#readAt = readAt;
  }
  static {
    readNow = (db, readAt) => new FreshReplies(db, readAt);
  }

  /** Still good at this moment: not older than 5 minutes, not from the future, nothing failed since, and of this very file. */
  holdFor(db: Db, now: UtcMs): boolean {
    return db === this.#db && now >= this.#readAt && now - this.#readAt <= REPLIES_FRESH_MS && readInboundPoll(db).lastError === null;
  }

  /** Read this long ago or longer: worth reading again. */
  olderThan(ms: number, now: UtcMs): boolean {
    return now < this.#readAt || now - this.#readAt > ms;
  }
}

const lastProof = new WeakMap<Db, FreshReplies>();

/**
 * Proof that replies are read, reading them first when the last reading is older than `olderThanMs`. `again` tells that it read them
 * just now. Throws when they could not be read: then nothing may leave.
 */
export async function freshReplies(ctx: Ctx, olderThanMs: number): Promise<{ proof: FreshReplies; again: boolean }> {
  const last = lastProof.get(ctx.db);
  const now = ctx.clock.now();
  if (last && !last.olderThan(olderThanMs, now) && last.holdFor(ctx.db, now)) return { proof: last, again: false };
  await syncReplies(ctx);
  const proof = lastProof.get(ctx.db);
  if (!proof) throw new Error('replies were read without a proof');
  return { proof, again: true };
}

/** Replies were read at most this long ago. */
export function repliesReadWithin(ctx: Ctx, ms: number): boolean {
  const last = lastProof.get(ctx.db);
  return last !== undefined && !last.olderThan(ms, ctx.clock.now());
}

/**
 * Reads and takes every reply since the last look, for each of our own numbers. Throws when any of them could not be read: then
 * nothing may leave. Calls at the same time share one look. Returns how many replies were new.
 */
export function syncReplies(ctx: Ctx): Promise<number> {
  const already = running.get(ctx.db);
  if (already) return already;
  const look = lookOnce(ctx).finally(() => running.delete(ctx.db));
  running.set(ctx.db, look);
  return look;
}

async function lookOnce(ctx: Ctx): Promise<number> {
  const startedAt = ctx.clock.now();
  const { numbers } = ctx.settings().texting;
  try {
    const gateway = await ctx.gateway();
    let taken = 0;
    for (const number of numbers.length > 0 ? numbers : [ALL]) taken += await readNumber(ctx, gateway, number, startedAt);
    saveInboundPoll(ctx.db, { ...readInboundPoll(ctx.db), lastSuccessAt: startedAt, lastError: null });
    lastProof.set(ctx.db, readNow(ctx.db, startedAt));
    sweepConsent(ctx);
    return taken;
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'bug';
    saveInboundPoll(ctx.db, { ...readInboundPoll(ctx.db), lastError: code });
    throw error;
  }
}

async function readNumber(ctx: Ctx, gateway: SmsGateway, number: string, startedAt: UtcMs): Promise<number> {
  const seen = readInboundPoll(ctx.db).cursor[number];
  const sentAfter = (seen === undefined ? startedAt - FIRST_LOOK_BACK_MS : seen - OVERLAP_MS) as UtcMs;
  let newest = seen ?? startedAt - OVERLAP_MS;
  let taken = 0;
  // pages come newest first; an own stop must be written before an older text of the same person is answered, so read all, then take
  const found: MessagePage['messages'] = [];
  let page = await gateway.list({ ...(number === ALL ? {} : { to: number }), sentAfter, pageSize: PAGE });
  for (;;) {
    found.push(...page.messages.filter((m) => m.direction === 'inbound'));
    if (page.next === null) break;
    page = await gateway.nextPage(page.next);
  }
  taken += await takeInbound(ctx, found);
  for (const m of found) newest = Math.max(newest, m.sentAt ?? m.createdAt);
  const poll = readInboundPoll(ctx.db);
  saveInboundPoll(ctx.db, { ...poll, cursor: { ...poll.cursor, [number]: newest } });
  return taken;
}

/** Replies were read recently enough for a text to leave (rules.md §2: 5 minutes). */
export function repliesAreFresh(db: Db, now: UtcMs): boolean {
  const { lastSuccessAt, lastError } = readInboundPoll(db);
  return lastSuccessAt !== null && lastError === null && now >= lastSuccessAt && now - lastSuccessAt <= REPLIES_FRESH_MS;
}
