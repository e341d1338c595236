import { DAY } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { aCarrier, aPhone, aText, SENDER, SERVICE, type TestCarrier } from '../support/carrier';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

describe('the account at Twilio', () => {
  test('a probe finds numbers, services and what the key may do', async () => {
    carrier = await aCarrier({
      account: {
        numbers: [
          { number: SENDER },
          { number: '+18885550143' },
          { number: '894546' },
          { number: '+12125550141' },
          { number: '+12125550199', sms: false },
        ],
        services: [{ sid: SERVICE, name: 'Texts', numbers: ['+12125550141'], inboundRequestUrl: null, useInboundWebhookOnNumber: false }],
      },
    });
    const found = await carrier.gateway.probe();
    expect(found.capabilities).toEqual({ messages: 'yes', numbers: 'yes', services: 'yes', pricing: 'yes', balance: 'yes', lookup: 'yes' });
    expect(found.numbers).toEqual([
      { number: SENDER, sms: true, kind: 'long-code', serviceSid: null },
      { number: '+18885550143', sms: true, kind: 'toll-free', serviceSid: null },
      { number: '+12125550141', sms: true, kind: 'long-code', serviceSid: SERVICE },
      { number: '+12125550199', sms: false, kind: 'long-code', serviceSid: null },
      { number: '894546', sms: true, kind: 'short-code', serviceSid: null },
    ]);
    expect(found.services).toEqual([{ sid: SERVICE, name: 'Texts', numbers: ['+12125550141'], logsReplies: false }]);
    expect(found.balance).toEqual({ amount: 125_000_000, currency: 'USD' });
  });

  test('a restricted key hides features instead of failing', async () => {
    carrier = await aCarrier({ account: { denied: ['balance', 'pricing', 'lookup'] } });
    const found = await carrier.gateway.probe();
    expect(found.capabilities).toMatchObject({ messages: 'yes', balance: 'no', pricing: 'no', lookup: 'no', numbers: 'yes' });
    expect(found.balance).toBeNull();
  });

  test('a service that does not log replies loses them, until told to', async () => {
    carrier = await aCarrier({
      account: {
        services: [{ sid: SERVICE, name: 'Texts', numbers: ['+12125550141'], inboundRequestUrl: null, useInboundWebhookOnNumber: false }],
      },
    });
    expect(carrier.sim.inbound({ from: aPhone(1), to: '+12125550141', body: 'hello?' })).toBeNull();
    expect((await carrier.gateway.list({ to: '+12125550141' })).messages).toEqual([]);
    await carrier.gateway.letServiceLogReplies(SERVICE);
    expect((await carrier.gateway.probe()).services[0]?.logsReplies).toBe(true);
    carrier.sim.inbound({ from: aPhone(1), to: '+12125550141', body: 'hello again' });
    expect((await carrier.gateway.list({ to: '+12125550141' })).messages).toMatchObject([{ body: 'hello again' }]);
  });

  test('prices are whole millionths, the highest list price counts; the balance goes down by what was priced', async () => {
    carrier = await aCarrier();
    expect(await carrier.gateway.price('US')).toEqual({ country: 'US', currency: 'USD', outbound: 11_300, inbound: 8_300 });
    expect(await carrier.gateway.send(aText({ body: 'x'.repeat(161) }))).toMatchObject({ kind: 'accepted' });
    carrier.advance(2 * DAY);
    expect(await carrier.gateway.balance()).toEqual({ amount: 125_000_000 - 22_600, currency: 'USD' });
  });
});
