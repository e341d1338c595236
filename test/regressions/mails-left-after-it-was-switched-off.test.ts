import { runAutomations } from '@services/automations/run';
import { switchOff } from '@services/automations/switch';
import { recordEmailSignUp, withConsent } from '@services/consent';
import { sendDue } from '@services/mail/sender';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';
import { countingMailer, setMail } from '../support/mail-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop?.close());

/*
 * Story: the birthday automation wrote this morning's mails, the post office could not be reached, and at noon the owner switched it off,
 * for the words were wrong. When the line came back, the mails left.
 */
it('mails that wait when an automation is switched off never leave', async () => {
  shop = await anAutomationShop({ people: 1 });
  const { ctx } = shop;
  const now = ctx.clock.now();
  ctx.db
    .prepare(
      "INSERT INTO customer (first_name, email, birthday, created_at, updated_at) VALUES ('Eva', 'eva@example.com', '--11-03', ?, ?)",
    )
    .run(now, now);
  withConsent(ctx, (trx) => recordEmailSignUp(ctx, trx, { email: 'eva@example.com', occurredAt: now, method: 'screen' }).eventId);
  const id = await running(ctx, 'birthday', {
    terms: { daysBefore: 0 },
    pattern: { channels: 'both', mails: [{ part: 1, language: 'en', subject: 'Your day', body: 'Hi {first name|there}!' }] },
  });
  shop.wakeAt(1);
  await runAutomations(ctx);
  expect(ctx.db.prepare('SELECT state FROM mail').pluck().all()).toEqual(['waiting']);
  expect(switchOff(ctx, owner, id)).toBe(1);
  const mailer = countingMailer();
  ctx.mail.mailer = async () => mailer;
  setMail(ctx, {
    mode: 'smtp',
    host: 'localhost',
    user: 'a@b.example',
    fromAddress: 'a@b.example',
    postal: '12 Main St\nSpringfield',
    dailyLimit: 100,
  });
  await sendDue(ctx);
  expect(mailer.took).toEqual([]);
  expect(ctx.db.prepare('SELECT state FROM mail').pluck().all()).toEqual(['cancelled']);
});
