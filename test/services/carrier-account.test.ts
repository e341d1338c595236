import { practiceAccount } from '@adapters/practice-carrier/account';
import { DAY, HOUR } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCOUNT, aCarrier, aPhone, aText, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { rawly, sdkOf } from '../support/carrier-sdk';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const token = { user: ACCOUNT, secret: 'practice-token' };
const BRAND = `BN${'1'.repeat(32)}`;

describe('registration, as the SDK reads it', () => {
  test('brands, campaigns of a service, and their limits', async () => {
    carrier = await aCarrier({
      account: {
        brands: [
          {
            sid: BRAND,
            status: 'FAILED',
            failureReason: 'EIN does not match',
            errors: [{ error_code: 30794, description: 'EIN mismatch' }],
          },
          { sid: `BN${'2'.repeat(32)}`, status: 'APPROVED', score: 80, type: 'STANDARD' },
        ],
        campaigns: [{ sid: `QE${'1'.repeat(32)}`, serviceSid: SERVICE, brandSid: BRAND, status: 'VERIFIED', mps: 225, tmobileTier: 'TOP' }],
      },
    });
    const sdk = await sdkOf(carrier.url);
    const brands = await sdk.messaging.v1.brandRegistrations.list();
    expect(brands.map((b) => [b.sid, b.status, b.failureReason, b.brandScore])).toEqual([
      [BRAND, 'FAILED', 'EIN does not match', null],
      [`BN${'2'.repeat(32)}`, 'APPROVED', null, 80],
    ]);
    expect((await sdk.messaging.v1.brandRegistrations(BRAND).fetch()).errors).toMatchObject([{ error_code: 30794 }]);
    const [campaign] = await sdk.messaging.v1.services(SERVICE).usAppToPerson.list();
    expect(campaign?.campaignStatus).toBe('VERIFIED');
    expect(campaign?.rateLimits).toEqual({ att: { mps: 225, msg_class: 'D' }, tmobile: { brand_tier: 'TOP' } });
    await expect(sdk.messaging.v1.services(`MG${'9'.repeat(32)}`).usAppToPerson.list()).rejects.toMatchObject({ httpStatus: 404 });
  });

  test('toll-free numbers are approved, waiting, refused or never handed in', async () => {
    const numbers = ['+18885550143', '+18885550144', '+18885550145', '+18885550146', SENDER];
    carrier = await aCarrier({
      account: {
        numbers: [
          { number: numbers[0] as string },
          { number: numbers[1] as string, verification: { status: 'IN_REVIEW' } },
          {
            number: numbers[2] as string,
            verification: { status: 'TWILIO_REJECTED', rejectionReason: 'Opt-in not shown', errorCode: 30_475 },
          },
          { number: numbers[3] as string, verification: null },
          { number: SENDER },
        ],
        services: [],
      },
    });
    const sdk = await sdkOf(carrier.url);
    const found = await sdk.messaging.v1.tollfreeVerifications.list();
    expect(found.map((v) => [v.status, v.rejectionReason])).toEqual([
      ['TWILIO_APPROVED', null],
      ['IN_REVIEW', null],
      ['TWILIO_REJECTED', 'Opt-in not shown'],
    ]);
    const owned = await sdk.incomingPhoneNumbers.list();
    const waiting = owned.find((n) => n.phoneNumber === numbers[1])?.sid as string;
    expect(await sdk.messaging.v1.tollfreeVerifications.list({ tollfreePhoneNumberSid: waiting })).toHaveLength(1);
    expect(await sdk.messaging.v1.tollfreeVerifications.list({ status: 'PENDING_REVIEW' })).toHaveLength(0);
    expect((await sdk.messaging.v1.tollfreeVerifications(found[2]?.sid as string).fetch()).status).toBe('TWILIO_REJECTED');
  });

  test('a service tells every setting that can change a text or lose a reply', async () => {
    const service = practiceAccount().services[0] as (typeof carrier.sim.account.services)[0];
    carrier = await aCarrier({
      account: {
        numbers: [{ number: '+12125550141' }, { number: '894546' }],
        services: [
          {
            ...service,
            numbers: ['+12125550141', '894546'],
            smartEncoding: true,
            stickySender: false,
            validityPeriod: 600,
            registered: false,
          },
        ],
      },
    });
    const sdk = await sdkOf(carrier.url);
    expect(await sdk.messaging.v1.services(SERVICE).fetch()).toMatchObject({
      smartEncoding: true,
      stickySender: false,
      validityPeriod: 600,
      usAppToPersonRegistered: false,
      useInboundWebhookOnNumber: true,
    });
    expect((await sdk.messaging.v1.services(SERVICE).phoneNumbers.list()).map((n) => n.phoneNumber)).toEqual(['+12125550141']);
    expect((await sdk.messaging.v1.services(SERVICE).shortCodes.list()).map((n) => n.shortCode)).toEqual(['894546']);
  });
});

describe('the account, as keys see it', () => {
  test('the account itself is for the token and a Main key only', async () => {
    carrier = await aCarrier({ account: { type: 'Trial', name: 'Corner Shoes' } });
    const path = `/2010-04-01/Accounts/${ACCOUNT}.json`;
    expect(await rawly(carrier.url, path)).toMatchObject({ status: 401, body: { code: 20003 } });
    expect(await rawly(carrier.url, path, token)).toMatchObject({
      status: 200,
      body: { type: 'Trial', status: 'active', friendly_name: 'Corner Shoes' },
    });
    carrier.sim.changeAccount({ keyType: 'main', active: false });
    const sdk = await sdkOf(carrier.url);
    expect(await sdk.api.v2010.accounts(ACCOUNT).fetch()).toMatchObject({ status: 'suspended' });
    expect(await sdk.keys.list()).toHaveLength(1);
    carrier.sim.changeAccount({ keyType: 'standard' });
    await expect(sdk.keys.list()).rejects.toMatchObject({ httpStatus: 401, code: 20003 });
  });

  test('a Standard key may be kept from the balance', async () => {
    carrier = await aCarrier();
    const sdk = await sdkOf(carrier.url);
    expect((await sdk.balance.fetch()).balance).toBe('125.0000');
    carrier.sim.changeAccount({ standardReadsBalance: false });
    await expect(sdk.balance.fetch()).rejects.toMatchObject({ httpStatus: 401, code: 20003 });
    expect(await sdk.messages.list({ limit: 1 })).toEqual([]);
  });

  test('a restricted key may do what it lists, no more', async () => {
    carrier = await aCarrier({
      account: {
        keyType: 'restricted',
        permissions: ['/twilio/messaging/messages/create', '/twilio/messaging/messages/read', '/twilio/messaging/services/read'],
      },
    });
    const sdk = await sdkOf(carrier.url);
    const { sid } = await sdk.messages.create({ to: aPhone(1), from: SENDER, body: 'hello' });
    expect((await sdk.messages(sid).fetch()).sid).toBe(sid);
    expect(await sdk.messaging.v1.services.list()).toHaveLength(1);
    const refused = { httpStatus: 403, code: 70051 };
    await expect(sdk.messages(sid).remove()).rejects.toMatchObject(refused);
    await expect(sdk.messaging.v1.services(SERVICE).update({ useInboundWebhookOnNumber: true })).rejects.toMatchObject(refused);
    await expect(sdk.balance.fetch()).rejects.toMatchObject(refused);
    await expect(sdk.incomingPhoneNumbers.list()).rejects.toMatchObject(refused);
    await expect(sdk.pricing.v1.messaging.countries('US').fetch()).rejects.toMatchObject(refused);
    await expect(sdk.usage.records.list()).rejects.toMatchObject(refused);
    await expect(sdk.messaging.v1.brandRegistrations.list()).rejects.toMatchObject(refused);
    await expect(sdk.lookups.v2.phoneNumbers(aPhone(1)).fetch()).rejects.toMatchObject(refused);
    await expect(sdk.accounts.v1.messagingGeopermissions.fetch()).rejects.toMatchObject(refused);
  });

  test('another account, a closed account', async () => {
    carrier = await aCarrier();
    expect(await rawly(carrier.url, `/2010-04-01/Accounts/AC${'7'.repeat(32)}/Balance.json`)).toMatchObject({
      status: 401,
      body: { code: 20003 },
    });
    carrier.sim.changeAccount({ closed: true });
    await expect((await sdkOf(carrier.url)).messages.list({ limit: 1 })).rejects.toMatchObject({ httpStatus: 401, code: 20003 });
  });

  test('countries are read and switched; risky ones stay as they are', async () => {
    carrier = await aCarrier();
    const sdk = await sdkOf(carrier.url);
    const on = async () => {
      const { permissions } = await sdk.accounts.v1.messagingGeopermissions.fetch();
      return (permissions as { country_code: string; enabled: boolean }[]).filter((p) => p.enabled).map((p) => p.country_code);
    };
    expect(await on()).toEqual(['US', 'CA']);
    const { permissions } = await sdk.accounts.v1.messagingGeopermissions.update({
      permissions: [
        { country_code: 'CA', type: 'country', enabled: false },
        { country_code: 'MX', type: 'country', enabled: true },
        { country_code: 'PK', type: 'country', enabled: true },
      ],
    });
    expect((permissions as { error_code: number }[]).map((p) => p.error_code)).toEqual([0, 0, 30_649]);
    expect(await on()).toEqual(['US', 'MX']);
    expect((await sdk.accounts.v1.messagingGeopermissions.fetch({ countryCode: 'MX' })).permissions).toMatchObject([{ enabled: true }]);
    await expect(sdk.messages.create({ to: '+16135550100', from: SENDER, body: 'hello' })).rejects.toMatchObject({ code: 21408 });
    expect((await sdk.messages.create({ to: '+525512345678', from: SENDER, body: 'hola' })).status).toBe('queued');
  });
});

describe('money', () => {
  test('usage counts what was sent and, later, what it cost; the balance agrees', async () => {
    carrier = await aCarrier({ priceDelayMs: HOUR });
    const sdk = await sdkOf(carrier.url);
    for (let i = 0; i < 3; i++) await carrier.gateway.send(aText({ to: aPhone(i), body: 'x'.repeat(i === 0 ? 161 : 10) }));
    await sdk.lookups.v2.phoneNumbers(aPhone(1)).fetch({ fields: 'line_type_intelligence' });
    await sdk.lookups.v2.phoneNumbers(aPhone(2)).fetch(); // a format check is free
    carrier.advance(10 * 60_000);
    const of = async (category: string) => (await sdk.usage.records.thisMonth.list({ category }))[0];
    expect(await of('sms-outbound')).toMatchObject({ count: '3', usage: '4', price: 0 });
    expect(await of('lookups')).toMatchObject({ count: '1', price: 0.008 });
    carrier.advance(HOUR);
    expect(await of('sms-outbound')).toMatchObject({ count: '3', price: 0.0332 });
    expect(await of('sms-messages-carrierfees')).toMatchObject({ price: 0.012 });
    expect(await of('totalprice')).toMatchObject({ price: 0.0532 });
    expect((await sdk.balance.fetch()).balance).toBe('124.9468');

    carrier.advance(DAY);
    await carrier.gateway.send(aText({ to: aPhone(9) }));
    carrier.advance(2 * HOUR);
    const daily = await sdk.usage.records.daily.list({
      category: 'sms-outbound',
      startDate: new Date('2026-11-16T00:00:00Z'),
      endDate: new Date('2026-11-18T00:00:00Z'),
    });
    expect(daily.map((d) => [d.startDate.toISOString().slice(0, 10), d.count])).toEqual([
      ['2026-11-18', '1'],
      ['2026-11-17', '3'],
      ['2026-11-16', '0'],
    ]);
    expect(await sdk.usage.records.daily.list({ startDate: new Date('2026-11-10T00:00:00Z'), pageSize: 7 })).toHaveLength(9 * 6);
    expect((await sdk.usage.records.list({ category: 'sms' }))[0]).toMatchObject({ count: '4' });
    expect((await sdk.usage.records.monthly.list({ category: 'sms' })).find((m) => m.count !== '0')).toMatchObject({ count: '4' });
    expect((await sdk.usage.records.lastMonth.list({ category: 'sms' }))[0]).toMatchObject({ count: '0' });
  });

  test('prices of countries', async () => {
    carrier = await aCarrier();
    const sdk = await sdkOf(carrier.url);
    const countries = await sdk.pricing.v1.messaging.countries.list();
    expect(countries.map((c) => c.isoCountry)).toContain('US');
    expect((await sdk.pricing.v1.messaging.countries('CA').fetch()).country).toBe('Canada');
  });
});

describe('what is known of a number', () => {
  test('line types are paid for, the same every time, and agree with what texts do there', async () => {
    carrier = await aCarrier({
      people: 'practice',
      account: {
        lines: [
          { to: '0001$', type: 'landline' },
          { to: '0002$', gone: true },
          { to: '0003$', type: 'mobile', carrier: 'T-Mobile' },
        ],
      },
    });
    const sdk = await sdkOf(carrier.url);
    const line = async (to: string) =>
      (await sdk.lookups.v2.phoneNumbers(to).fetch({ fields: 'line_type_intelligence' })).lineTypeIntelligence;
    expect(await line(aPhone(1))).toMatchObject({ type: 'landline' });
    expect(await line(aPhone(3))).toMatchObject({ type: 'mobile', carrierName: 'T-Mobile USA, Inc.', mobileNetworkCode: '260' });
    expect(await line('+16135550100')).toMatchObject({ errorCode: 60_601 });
    const found = new Map<string, string>();
    for (let i = 10; i < 400; i++) {
      const to = aPhone(i);
      found.set(to, String((carrier.sim.lookUp(to) as { type: string }).type));
      carrier.sim.create({ To: to, From: '+12125550141', Body: 'hello' });
    }
    carrier.advance(DAY);
    for (const v of carrier.sim.messages()) {
      if (v.m.direction === 'inbound') continue;
      expect(found.get(v.m.to) === 'landline').toBe(v.errorCode === 30006);
    }
    expect([...found.values()].filter((t) => t === 'mobile').length).toBeGreaterThan(300);
    expect(await line(aPhone(50))).toEqual(await line(aPhone(50)));
    const wrong = await sdk.lookups.v2.phoneNumbers('+1310555').fetch({ fields: 'line_type_intelligence' });
    expect(wrong).toMatchObject({ valid: false, validationErrors: ['TOO_SHORT'], lineTypeIntelligence: null });
    await expect(sdk.lookups.v2.phoneNumbers(aPhone(1)).fetch({ fields: 'shoe_size' })).rejects.toMatchObject({ code: 60_600 });
  });

  test('numbers given up stand in a file of their day', async () => {
    carrier = await aCarrier({ account: { lines: [{ to: '0002$', gone: true }] } });
    for (const n of [1, 2, 3]) await carrier.gateway.send(aText({ to: aPhone(n) }));
    carrier.advance(DAY);
    const ask = (date: string) => rawly(carrier.url, `/v1/Deactivations?Date=${date}`, { host: 'messaging.twilio.com' });
    const answer = await ask('2026-11-17');
    expect(answer.status).toBe(307);
    const to = String(answer.body?.['redirect_to']);
    expect(answer.headers.get('location')).toBe(to);
    expect(await (await fetch(to)).text()).toBe(`${aPhone(2).slice(1)}\n`);
    expect(await ask('2026-11-18')).toMatchObject({ status: 400, body: { code: 30_114 } });
    expect(await ask('nonsense')).toMatchObject({ status: 400, body: { code: 30_113 } });
    carrier.problems.splice(0); // a malformed date is off the specification
  });
});
