import { redact } from '@adapters/log/redact';
import type { ChannelDef, Role } from '@contract/define';
import type { Envelope, ErrorEnvelope } from '@contract/errors';
import { contract } from '@contract/index';
import { AppError, isDiskFull } from '@domain/errors';
import type { Ctx, Session } from '@services/ctx';
import type { Handler } from './handler';
import { handlers } from './handlers/index';

const RANK: Record<Exclude<Role, 'display'>, number> = { open: 0, staff: 1, owner: 2 };

/**
 * A customer at the screen reaches the display's channels and nothing else, and nobody else reaches those: a window that is turned to
 * a customer can neither look anything up nor be used to sign somebody up for them. The frame may still ask who is at the screen.
 */
function refuse(session: Session, channel: string, def: ChannelDef): void {
  if (session.role === 'display') {
    if (def.role !== 'display' && !(channel === 'session/state' && session.turned)) throw new AppError('session.locked');
    return;
  }
  if (def.role === 'display') throw new AppError('session.locked');
  if (RANK[session.role] < RANK[def.role]) throw new AppError(session.role === 'open' ? 'session.locked' : 'session.owner-only');
}

/** What may be asked for although nothing may be changed: signing in to look, and taking back a shop that never moved. */
const EVEN_SO: Readonly<Record<'other' | 'retired', ReadonlySet<string>>> = {
  other: new Set(['session/unlock', 'session/lock']),
  retired: new Set(['session/unlock', 'session/lock', 'session/reset-owner-pin', 'restore/take-back']),
};

function refuseChange(channel: string, why: boolean | null | 'other' | 'retired'): void {
  if (!why) return;
  const reason = why === true ? 'other' : why;
  if (EVEN_SO[reason].has(channel)) return;
  throw new AppError(reason === 'retired' ? 'shop.retired' : 'shop.locked-by-other');
}

export function errorEnvelope(error: unknown): ErrorEnvelope {
  if (error instanceof AppError) return { code: error.code, params: { ...error.params } };
  if (isDiskFull(error)) return { code: 'shop.disk-full', params: {} };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'bug', params: {}, details: redact(text) };
}

/**
 * One call: role → handler → output checked → envelope. Inputs were zod-checked at the door (main/ipc or the command line).
 * Never throws.
 */
export async function dispatch(
  ctx: Ctx,
  session: Session,
  channel: string,
  input: unknown,
  options: { readOnly?: boolean | null | 'other' | 'retired' } = {},
): Promise<Envelope<unknown>> {
  const def = (contract as Record<string, ChannelDef>)[channel];
  const handler = (handlers as Record<string, Handler<ChannelDef>>)[channel];
  try {
    if (!def || !handler) throw new AppError('input.invalid', { channel });
    refuse(session, channel, def);
    if (def.kind === 'command') refuseChange(channel, options.readOnly ?? null);
    const value = def.output.parse(await handler(ctx, input, session));
    if (def.changes.length) ctx.changed(...def.changes);
    return { ok: true, value };
  } catch (error) {
    const envelope = errorEnvelope(error);
    if (envelope.code === 'bug') ctx.log.error(`call ${channel}`, error);
    return { ok: false, error: envelope };
  }
}
