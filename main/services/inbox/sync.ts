import type { Db } from '@db/open';
import { knownSids, readInboundPoll, saveInboundPoll } from '@db/queries/inbox';
import { provePhones } from '@db/queries/phone-facts';
import { REPLIES_FRESH_MS } from '@domain/consent/gate';
import { AppError } from '@domain/errors';
import { DAY, HOUR, MINUTE, type UtcMs } from '@domain/kernel';
import type { ListFilter, MessagePage, SmsGateway } from '@ports/sms-gateway';
import { writeInChunks } from '../chunks';
import { sweepConsent } from '../consent';
import type { Ctx } from '../ctx';
import { carrierAhead } from '../outbox/requests';
import { ownNumbers } from './own-numbers';
import { takeInbound } from './take';

const PAGE = 1000;
/** The carrier's lists are eventually consistent and its clock is not ours: always read this far behind the newest reply seen. */
const OVERLAP_MS = 30 * MINUTE;
/** The first time, stops that were sent before this computer was asked count too. */
const FIRST_LOOK_BACK_MS = 365 * DAY;
const ALL = '*';
/**
 * Now and then a reply is missing from the list for hours (facts/twilio.md §1.4) while newer ones are shown: so often a reading goes back
 * this far.
 */
const DEEP_EVERY_MS = HOUR;
const DEEP_MS = 2 * DAY;
/** A list that keeps changing while it is read is taken as it is after this many readings. */
const MOST_READINGS = 4;
const PROVEN_AT_ONCE = 50;

const running = new WeakMap<Db, Promise<number>>();
/** When the replies of each number were last read as far back as that; forgotten with the process, so a start reads them. */
const deepReadings = new WeakMap<Db, Map<string, UtcMs>>();

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
  const numbers = ownNumbers(ctx);
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

type Reply = MessagePage['messages'][number];

/** One reading of the list, newest first, into `found`. */
async function readPages(gateway: SmsGateway, filter: ListFilter, found: Map<string, Reply>): Promise<{ pages: number; fresh: number }> {
  const before = found.size;
  let page = await gateway.list(filter);
  for (let pages = 1; ; pages++) {
    for (const m of page.messages) if (m.direction === 'inbound') found.set(m.sid, m);
    if (page.next === null) return { pages, fresh: found.size - before };
    page = await gateway.nextPage(page.next);
  }
}

/** A number that texts us can be texted, whatever was thought of it. */
async function takeAll(ctx: Ctx, found: readonly Reply[]): Promise<number> {
  const known = knownSids(
    ctx.db,
    found.map((m) => m.sid),
  );
  const taken = await takeInbound(ctx, found);
  const from = [...new Set(found.filter((m) => !known.has(m.sid) && m.from !== null).map((m) => m.from as string))];
  const now = ctx.clock.now();
  await writeInChunks(ctx.db, chunksOf(from, PROVEN_AT_ONCE), (trx, some) => void provePhones(trx, some, now));
  return taken;
}

function* chunksOf<T>(all: readonly T[], size: number): Iterable<readonly T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}

async function readNumber(ctx: Ctx, gateway: SmsGateway, number: string, startedAt: UtcMs): Promise<number> {
  const told = readInboundPoll(ctx.db).cursor[number];
  // The list is dated by the carrier's clock. A moment to come was written while ours was ahead: nothing since may be jumped over.
  const carrierNow = startedAt + carrierAhead(gateway);
  const seen = told === undefined ? undefined : Math.min(told, carrierNow);
  const deep = deepReadings.get(ctx.db) ?? new Map<string, UtcMs>();
  deepReadings.set(ctx.db, deep);
  const isDeep = Math.abs(startedAt - (deep.get(number) ?? 0)) >= DEEP_EVERY_MS;
  const overlap = isDeep ? DEEP_MS : OVERLAP_MS;
  const sentAfter = (seen === undefined ? startedAt - FIRST_LOOK_BACK_MS : seen - overlap) as UtcMs;
  const found = new Map<string, Reply>();
  let taken = 0;
  try {
    // Rows move between pages while they are read: a list of several pages is read until a whole reading brings nothing new.
    for (let reading = 0; reading < MOST_READINGS; reading++) {
      const { pages, fresh } = await readPages(gateway, { ...(number === ALL ? {} : { to: number }), sentAfter, pageSize: PAGE }, found);
      if (pages === 1 || (reading > 0 && fresh === 0)) break;
    }
  } finally {
    // Pages come newest first, and an own stop must be written before an older text of the same person is answered: read all, then take.
    // When the carrier fails in the middle the newest are taken all the same; the place stays, so the older ones are read again.
    taken = await takeAll(ctx, [...found.values()]);
  }
  let newest = seen ?? carrierNow - OVERLAP_MS;
  for (const m of found.values()) newest = Math.max(newest, m.sentAt ?? m.createdAt);
  const poll = readInboundPoll(ctx.db);
  saveInboundPoll(ctx.db, { ...poll, cursor: { ...poll.cursor, [number]: newest } });
  if (isDeep) deep.set(number, startedAt);
  return taken;
}

/** Replies were read recently enough for a text to leave (rules.md §2: 5 minutes). */
export function repliesAreFresh(db: Db, now: UtcMs): boolean {
  const { lastSuccessAt, lastError } = readInboundPoll(db);
  return lastSuccessAt !== null && lastError === null && now >= lastSuccessAt && now - lastSuccessAt <= REPLIES_FRESH_MS;
}
