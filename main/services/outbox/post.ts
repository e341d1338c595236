import type { OutboxRow } from '@db/queries/outbox';
import { isDiskFull } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import type { Sender, SendOutcome, SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { type Answer, type SenderState, wakeSending } from './sender-state';
import { afterAnswer, writeAnswer } from './settle';

/** An answer is in the file at the latest after this, also while the sender waits for something else. */
const WRITE_WITHIN_MS = 25;

/** A text committed as `sending`: the only thing that may be posted. */
export interface Claimed {
  row: OutboxRow;
  attemptId: number;
  /** Seconds the carrier may keep it. */
  validity: number;
  /** The carrier holds it until then; only a Messaging Service can. */
  held?: { sender: Extract<Sender, { kind: 'service' }>; at: UtcMs };
}

/** Begins one POST, once. It is under way (`inFlight`) until its answer is at hand; the answer is written together with others. */
export function begin(ctx: Ctx, s: SenderState, gateway: SmsGateway, sender: Sender, c: Claimed): void {
  const running = post(ctx, gateway, sender, c).then((answer) => {
    s.unwritten.push(answer);
    s.inFlight.delete(running);
    s.writing ??= setTimeout(() => {
      s.writing = null;
      writeOrKeep(ctx, s);
    }, WRITE_WITHIN_MS);
    wakeSending(s);
  });
  s.inFlight.add(running);
}

async function post(ctx: Ctx, gateway: SmsGateway, sender: Sender, c: Claimed): Promise<Answer> {
  const startedAt = ctx.clock.now();
  let outcome: SendOutcome;
  try {
    const text = { to: c.row.address, body: c.row.body, validitySeconds: c.validity };
    outcome = await gateway.send(c.held === undefined ? { ...text, sender } : { ...text, sender: c.held.sender, sendAt: c.held.at });
  } catch (error) {
    ctx.log.error('send', error);
    outcome = { kind: 'uncertain', why: 'broken-answer', httpStatus: null };
  }
  return { row: c.row, attemptId: c.attemptId, startedAt, outcome };
}

const plain = (a: Answer): boolean => a.outcome.kind === 'accepted';

/**
 * Writes every answer at hand; plain "accepted" ones share one transaction, which `also` joins (the next claims): half the commits while
 * texts leave quickly. What follows from an answer follows after its commit. If writing fails (full disk) the answers are kept.
 */
export function writeAnswers<T>(ctx: Ctx, s: SenderState, also: () => T): T;
export function writeAnswers(ctx: Ctx, s: SenderState): void;
export function writeAnswers<T>(ctx: Ctx, s: SenderState, also?: () => T): T | undefined {
  for (const a of s.unwritten.filter((x) => !plain(x))) {
    writeAlone(ctx, a);
    drop(s, [a]);
    afterAnswer(ctx, s, a);
  }
  const accepted = [...s.unwritten];
  if (accepted.length === 0 && !also) return undefined;
  let result: T | undefined;
  try {
    result = inOneCommit(ctx, accepted, also);
  } catch (error) {
    if (isDiskFull(error) || accepted.length === 0) throw error;
    for (const a of accepted) writeAlone(ctx, a);
    result = inOneCommit(ctx, [], also);
  }
  drop(s, accepted);
  for (const a of accepted) afterAnswer(ctx, s, a);
  return result;
}

/**
 * Writes every answer at hand, if it can: what a full disk does not take is kept, and written before anything else leaves; after a crash it
 * is found in the carrier's list.
 */
export function writeOrKeep(ctx: Ctx, s: SenderState): void {
  try {
    writeAnswers(ctx, s);
  } catch (error) {
    ctx.log.error('settle', error);
  }
}

/**
 * An answer that cannot be written as it is (the carrier named a message that another text of ours owns) must not keep everything else
 * from leaving: that text is looked for like any other of which nobody knows.
 */
function writeAlone(ctx: Ctx, a: Answer): void {
  try {
    ctx.db.tx((trx) => writeAnswer(ctx, trx, a));
  } catch (error) {
    if (isDiskFull(error)) throw error;
    ctx.log.error('settle', error);
    const unknown: SendOutcome = { kind: 'uncertain', why: 'broken-answer', httpStatus: null };
    ctx.db.tx((trx) => writeAnswer(ctx, trx, { ...a, outcome: unknown }));
  }
}

function inOneCommit<T>(ctx: Ctx, accepted: readonly Answer[], also: (() => T) | undefined): T | undefined {
  let result: T | undefined;
  ctx.db.tx((trx) => {
    for (const a of accepted) writeAnswer(ctx, trx, a);
    result = also?.();
  });
  return result;
}

function drop(s: SenderState, written: readonly Answer[]): void {
  s.unwritten = s.unwritten.filter((a) => !written.includes(a));
  if (s.unwritten.length === 0 && s.writing) {
    clearTimeout(s.writing);
    s.writing = null;
  }
}
