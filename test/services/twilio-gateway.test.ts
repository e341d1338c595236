import { practiceAccount } from '@adapters/practice-carrier/account';
import { type CarrierServer, startCarrierServer } from '@adapters/practice-carrier/server';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { makeTwilioGateway } from '@adapters/twilio/gateway';
import type { PhoneE164 } from '@domain/kernel';
import { afterEach, expect, test } from 'vitest';

const { accountSid, keySid, keySecret } = practiceAccount();
const US = '+12125550140' as PhoneE164;
let server: CarrierServer;
afterEach(() => server.close());

test('a text is accepted, delivered and priced', async () => {
  server = await startCarrierServer({ seed: 1, clock: new SimClock({ now: Date.UTC(2026, 10, 17, 16), rate: 0 }) });
  const gateway = makeTwilioGateway({ accountSid, keySid, keySecret, baseUrl: server.url });
  const sent = await gateway.send({
    to: '+13105550100' as PhoneE164,
    sender: { kind: 'number', number: US },
    body: 'Hi',
    validitySeconds: 3600,
  });
  expect(sent).toMatchObject({ kind: 'accepted', message: { status: 'queued', segments: 1, from: US, price: null } });
  if (sent.kind !== 'accepted') return;
  server.sim.changeClock({ advance: 20 * 60_000 });
  expect(await gateway.fetch(sent.message.sid)).toMatchObject({ status: 'delivered' });
  server.sim.changeClock({ advance: 24 * 3_600_000 });
  const page = await gateway.list({ to: '+13105550100' });
  expect(page.messages).toMatchObject([{ sid: sent.message.sid, price: 11_300, priceCurrency: 'USD' }]);
});
