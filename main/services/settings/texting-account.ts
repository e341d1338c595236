import { readMeta, saveSettings, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { PhoneE164 } from '@domain/kernel';
import type { TextingSettings } from '@domain/settings/settings';
import type { ProbeResult, SmsGateway } from '@ports/sms-gateway';
import { keepWhatConnectSaw, refuseBadAccount } from '../account/health';
import type { Ctx, Session } from '../ctx';

export interface Credentials {
  accountSid: string;
  keySid: string;
  keySecret: string;
}

/** A gateway for credentials that are not stored yet. Wired by the backend (services know no adapter). */
export type GatewayFor = (credentials: Credentials) => Promise<SmsGateway>;

export const probe = async (gatewayFor: GatewayFor, credentials: Credentials): Promise<ProbeResult> =>
  (await gatewayFor(credentials)).probe();

/**
 * Stores the key and binds this shop file to the account for good: another account's list of messages would make reconciliation
 * lie (rules.md §4). The sender must be one this account owns and that can text.
 */
export async function connect(
  ctx: Ctx,
  session: Session,
  gatewayFor: GatewayFor,
  input: Credentials & { sender: NonNullable<TextingSettings['sender']> },
): Promise<void> {
  if (readMeta(ctx.db, 'kind') === 'practice') throw new AppError('sms.account-mismatch');
  const bound = readMeta(ctx.db, 'account_sid');
  if (bound && bound !== input.accountSid) throw new AppError('sms.account-mismatch');
  const found = await probe(gatewayFor, input);
  if (found.capabilities.messages !== 'yes') throw new AppError('sms.refused-key');
  const { sender } = input;
  const numbers: PhoneE164[] =
    sender.kind === 'number'
      ? found.numbers.filter((n) => n.number === sender.number && n.sms).map((n) => n.number)
      : (found.services.find((s) => s.sid === sender.sid)?.numbers ?? []);
  if (!numbers.length) throw new AppError('sms.bad-sender');
  await refuseBadAccount(ctx, input);
  const price = await (await gatewayFor(input)).price(ctx.settings().shop.country).catch(() => null);
  await ctx.secrets.set('twilio-key-secret', input.keySecret);
  ctx.db.tx(() => {
    writeMeta(ctx.db, 'account_sid', input.accountSid);
    const before = ctx.settings().texting;
    saveSettings(
      ctx.db,
      'texting',
      {
        ...before,
        mode: 'twilio',
        accountSid: input.accountSid,
        keySid: input.keySid,
        sender,
        numbers,
        segmentsPerSecond: found.numbers.some((n) => numbers.includes(n.number) && n.kind === 'toll-free') ? 3 : before.segmentsPerSecond,
        ...(price && before.from.price !== 'owner'
          ? { pricePerSegment: price.outbound, priceCurrency: price.currency, from: { ...before.from, price: 'list' as const } }
          : {}),
      },
      ctx.clock.now(),
    );
    audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'texting.connect' });
  });
  keepWhatConnectSaw(ctx, input);
}

/** Forgets the key; the binding to the account stays. Waiting texts wait on. */
export async function disconnect(ctx: Ctx, session: Session): Promise<void> {
  await ctx.secrets.remove('twilio-key-secret');
  saveSettings(ctx.db, 'texting', { ...ctx.settings().texting, mode: 'none', keySid: '' }, ctx.clock.now());
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'texting.disconnect' });
}

export async function health(ctx: Ctx) {
  const polled = ctx.db.one(ctx.db.q.selectFrom('poll_state').select(['last_success_at', 'last_error']).where('name', '=', 'inbound'));
  const base = { lastRepliesAt: polled?.last_success_at ?? null };
  try {
    const balance = await (await ctx.gateway()).balance();
    return { ...base, reachable: true, balance, problem: null };
  } catch (error) {
    if (error instanceof AppError) {
      // A restricted key may not read the balance and still send: that is no outage.
      if (error.code === 'sms.rejected') return { ...base, reachable: true, balance: null, problem: null };
      return { ...base, reachable: error.code === 'sms.refused-key', balance: null, problem: error.code as string };
    }
    throw error;
  }
}
