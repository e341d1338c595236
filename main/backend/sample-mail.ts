import { someReaders } from '@db/queries/mail-audience';
import type { UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { recordEmailSignUp, withConsent } from '@services/consent';
import type { Ctx } from '@services/ctx';

/** So many of a practice shop's people chose e-mail on the customer's screen: enough to see a campaign go both ways. */
const READERS = 90;

/** People without a permission to be texted who agreed to e-mails, over the last months. */
export function sampleReaders(ctx: Ctx): void {
  const now = ctx.clock.now();
  const readers = someReaders(ctx.db, READERS);
  withConsent(ctx, (trx) => {
    for (const [i, r] of readers.entries()) {
      const occurredAt = (now - (readers.length - i) * 2 * DAY) as UtcMs;
      recordEmailSignUp(ctx, trx, { email: r.email, name: r.name, language: r.language, method: 'screen', device: 'display', occurredAt });
    }
  });
}
