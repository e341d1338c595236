import { enqueueMail } from '@db/queries/mail';
import { saveSettings } from '@db/queries/settings';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { unsubscribeToken } from '@domain/mail/token';
import type { Settings } from '@domain/settings/settings';
import type { Mailbox } from '@ports/mailbox';
import type { Mailer } from '@ports/mailer';
import type { SmsGateway } from '@ports/sms-gateway';
import { recordEmailSignUp, withConsent } from '@services/consent';
import { newMessageId } from '@services/mail/compose';
import { aCtx, type TestCtx } from './test-ctx';

/** A shop whose mail account is connected; its people are added by hand. */
export function mailShop(
  o: {
    mailer?: Mailer;
    mailbox?: Mailbox;
    gateway?: SmsGateway;
    settings?: { [K in keyof Settings]?: Partial<Settings[K]> };
    now?: UtcMs;
  } = {},
): TestCtx {
  return aCtx({
    ...(o.mailer ? { mailer: o.mailer } : {}),
    ...(o.mailbox ? { mailbox: o.mailbox } : {}),
    ...(o.gateway ? { gateway: o.gateway } : {}),
    ...(o.now === undefined ? {} : { now: o.now }),
    settings: {
      ...o.settings,
      shop: {
        name: 'Corner Shoes',
        street: '12 Main St',
        city: 'Springfield',
        region: 'NY',
        postalCode: '12345',
        phone: '212-555-0134',
        ...o.settings?.shop,
      },
      mail: {
        mode: 'smtp',
        host: 'localhost',
        user: 'hello@corner-shoes.example',
        fromName: 'Corner Shoes',
        fromAddress: 'hello@corner-shoes.example',
        dailyLimit: 500,
        ...o.settings?.mail,
      },
    },
  });
}

let n = 0;

/** Somebody, with or without a number, who agreed to e-mails unless told otherwise. */
export function aReader(
  ctx: TestCtx,
  p: { email?: string | null; phone?: string | null; firstName?: string; language?: 'en' | 'es'; agreed?: boolean } = {},
): CustomerId {
  n++;
  const email = p.email === undefined ? `reader${n}@example.com` : p.email;
  const id = Number(
    ctx.db.run(
      ctx.db.q.insertInto('customer').values({
        first_name: p.firstName ?? 'Ana',
        phone: p.phone ?? null,
        phone_kind: p.phone ? 'mobile' : 'unknown',
        email,
        language: p.language ?? 'en',
        created_at: 1,
        updated_at: 1,
      }),
    ).lastInsertRowid,
  ) as CustomerId;
  if (email !== null && p.agreed !== false) {
    withConsent(
      ctx,
      (trx) => recordEmailSignUp(ctx, trx, { email, occurredAt: (ctx.clock.now() - 30 * 86_400_000) as UtcMs, method: 'screen' }).eventId,
    );
  }
  return id;
}

/** A post office in memory: keeps what it took, answers as told. */
export function countingMailer(): Mailer & {
  took: { to: string; subject: string; html: string; text: string; messageId: string }[];
  answer: (to: string) => Awaited<ReturnType<Mailer['deliver']>>;
} {
  const m = {
    took: [] as { to: string; subject: string; html: string; text: string; messageId: string }[],
    answer: (_to: string): Awaited<ReturnType<Mailer['deliver']>> => ({ kind: 'accepted' }),
    check: async () => {},
    async deliver(mail: Parameters<Mailer['deliver']>[0]) {
      const outcome = m.answer(mail.to);
      if (outcome.kind === 'accepted' || outcome.kind === 'uncertain')
        m.took.push({ to: mail.to, subject: mail.subject, html: mail.html, text: mail.text, messageId: mail.messageId });
      return outcome;
    },
    close: () => {},
  };
  return m;
}

export const setMail = (ctx: TestCtx, part: Partial<Settings['mail']>): void =>
  saveSettings(ctx.db, 'mail', { ...ctx.settings().mail, ...part }, ctx.clock.now());

let causes = 0;

/** One mail in the queue, of a campaign that is sending. */
export function aMail(ctx: TestCtx, address: string, o: { notBefore?: UtcMs; body?: string; campaign?: number } = {}): number {
  const campaign =
    o.campaign ??
    Number(
      ctx.db.run(
        ctx.db.q.insertInto('campaign').values({
          name: `c${++causes}`,
          state: 'sending',
          rule: '{"all":[]}',
          created_at: 1,
          updated_at: 1,
          started_at: ctx.clock.now(),
        }),
      ).lastInsertRowid,
    );
  const customer = ctx.db.one(ctx.db.q.selectFrom('customer').select('id').where('email', '=', address));
  const id = ctx.db.tx((trx) =>
    enqueueMail(trx, {
      cause: { kind: 'campaign', id: String(campaign) },
      address,
      customerId: (customer?.id ?? null) as CustomerId | null,
      messageClass: 'marketing',
      language: 'en',
      subject: 'New boots',
      body: o.body ?? 'Come and see',
      card: null,
      code: null,
      messageId: newMessageId(ctx),
      token: unsubscribeToken(ctx.hmacKey, address),
      notBefore: o.notBefore ?? ctx.clock.now(),
      expiresAt: null,
      now: ctx.clock.now(),
    }),
  );
  if (id === null) throw new Error('that cause has a mail already');
  return id;
}
