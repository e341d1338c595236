import { DAY, type UtcMs } from '@domain/kernel';
import { sweepRetention } from '@services/privacy/retention';
import { expect, it } from 'vitest';
import { aMail, aReader, mailShop } from '../support/mail-shop';

/*
 * Story: somebody agreed to e-mails, read them for five years and then fell silent. Half a year after the last mail, proof that they had agreed
 * was thrown away: only texts were asked about, and there had been none.
 */
it.each([
  ['half a year', 0.5, 1],
  ['five years and a half', 5.5, 0],
])('proof of a yes to e-mails %s after the last mail', async (_, years, kept) => {
  const ctx = mailShop();
  aReader(ctx, { email: 'ana@example.com' });
  ctx.clock.advance(11 * 365 * DAY);
  const id = aMail(ctx, 'ana@example.com');
  ctx.db.prepare("UPDATE mail SET state = 'sent', left_at = ? WHERE id = ?").run((ctx.clock.now() - years * 365 * DAY) as UtcMs, id);
  ctx.db.prepare("UPDATE consent_state SET state = 'paused' WHERE channel = 'email'").run();
  await sweepRetention(ctx);
  const left = ctx.db.prepare('SELECT count(*) FROM consent_evidence WHERE address IS NOT NULL').pluck().get();
  expect(left).toBe(kept);
});
