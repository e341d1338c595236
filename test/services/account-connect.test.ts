import { readLook } from '@db/queries/account';
import { refusesConnection } from '@domain/account/health';
import { MINUTE } from '@domain/kernel';
import { findingsAtConnect } from '@services/account/health';
import { connect } from '@services/settings/texting-account';
import { afterEach, describe, expect, it } from 'vitest';
import { anAccountShop, closeAccountShop, service } from '../support/account-shop';
import { ACCOUNT, KEY, SECRET, SERVICE } from '../support/carrier';
import type { SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

afterEach(closeAccountShop);

describe('before connecting', () => {
  const ask = (s: SendingShop, sender: Parameters<typeof findingsAtConnect>[2]['sender'] = { kind: 'service', sid: SERVICE }) =>
    findingsAtConnect(s.ctx, async () => s.carrier.account, { accountSid: ACCOUNT, keySid: KEY, keySecret: SECRET, sender });

  it('a trial is said plainly and may go on; what would lose replies or send nothing may not', async () => {
    const trial = await anAccountShop({ keyType: 'main', type: 'Trial' });
    const found = await ask(trial);
    expect(found.refuses).toBe(false);
    expect(found.findings[0]).toMatchObject({ code: 'trial', severity: 'stops' });
    await trial.close();
    const deaf = await anAccountShop(service({ useInboundWebhookOnNumber: false }));
    expect(await ask(deaf)).toMatchObject({ refuses: true });
  });

  it('an API key that may not ask says so, and refuses nothing for it', async () => {
    const s = await anAccountShop();
    const found = await ask(s);
    expect(found.findings.map((f) => f.code)).toContain('trial-unknown');
    expect(found.findings.filter(refusesConnection)).toEqual([]);
  });

  it('connecting itself refuses it too, and keeps what it saw when it does not', async () => {
    const s = await anAccountShop(service({ useInboundWebhookOnNumber: false }));
    const go = () =>
      connect(s.ctx, owner, async () => s.carrier.gateway, {
        accountSid: ACCOUNT,
        keySid: KEY,
        keySecret: SECRET,
        sender: { kind: 'service', sid: SERVICE },
      });
    await expect(go()).rejects.toMatchObject({ code: 'account.refused', params: { why: 'replies-lost' } });
    expect(await s.ctx.secrets.get('twilio-key-secret')).toBeNull();
    await s.carrier.gateway.letServiceLogReplies(SERVICE);
    s.advance(6 * MINUTE); // what was seen is believed for five minutes
    await go();
    expect(readLook(s.ctx.db)?.view?.at).toBe(s.ctx.clock.now());
    expect(s.ctx.settings().texting).toMatchObject({
      segmentsPerSecond: 4,
      dailySegments: 40_000,
      from: { rate: 'carrier', price: 'list' },
    });
  });

  it('a suspended account is refused with its reason', async () => {
    const s = await anAccountShop();
    s.carrier.faults.add({ method: 'GET', effect: { kind: 'status', status: 403, code: 20005 } });
    expect(await ask(s)).toMatchObject({ refuses: true, findings: [{ code: 'account-suspended' }] });
  });
});
