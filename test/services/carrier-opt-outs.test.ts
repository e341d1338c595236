import { MINUTE } from '@domain/kernel';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { aCarrier, aPhone, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { sdkOf } from '../support/carrier-sdk';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const POOL = ['+12125550141', '+12125550142'];
const OTHER = '+12125550149';
const TOLL_FREE = '+18885550143';
const service = (over: object = {}) => ({
  sid: SERVICE,
  name: 'Texts',
  numbers: POOL,
  inboundRequestUrl: null,
  useInboundWebhookOnNumber: true,
  ...over,
});
const numbers = [SENDER, OTHER, TOLL_FREE, ...POOL].map((number) => ({ number, mps: 100 }));

/** What a text to the person ends as: its status or code, or the code it is refused with. */
async function ends(by: { from?: string; messagingServiceSid?: string }, to = aPhone(1)): Promise<string | number> {
  const sdk = await sdkOf(carrier.url);
  try {
    const { sid } = await sdk.messages.create({ to, body: 'hello', ...by });
    carrier.advance(5 * MINUTE);
    const m = await sdk.messages(sid).fetch();
    return m.errorCode ?? m.status;
  } catch (error) {
    return (error as { code: number }).code;
  }
}
const hear = (to: string, body: string, from = aPhone(1)) => carrier.sim.inbound({ from, to, body });

describe('a STOP', () => {
  test('to a number stops that number only', async () => {
    carrier = await aCarrier({ account: { numbers, services: [service()] } });
    hear(SENDER, ' stop ');
    expect(await ends({ from: SENDER })).toBe(21610);
    expect(await ends({ from: OTHER })).toBe('delivered');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe('delivered');
    expect(await ends({ from: SENDER }, aPhone(2))).toBe('delivered');
  });

  test('to one number of a service stops them all, also when asked by number', async () => {
    carrier = await aCarrier({ account: { numbers, services: [service()] } });
    hear(POOL[0] as string, 'UNSUBSCRIBE');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe(21610);
    for (const from of POOL) expect(await ends({ from })).toBe(21610);
    expect(await ends({ from: SENDER })).toBe('delivered');
    hear(POOL[1] as string, 'yes');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe('delivered');
  });

  test('may be told at once or, through a service, later', async () => {
    carrier = await aCarrier({ account: { numbers, services: [service()] }, switches: { serviceStop: 'fail' } });
    hear(POOL[0] as string, 'STOP');
    const sdk = await sdkOf(carrier.url);
    const { sid } = await sdk.messages.create({ to: aPhone(1), messagingServiceSid: SERVICE, body: 'hello' });
    carrier.advance(MINUTE);
    expect(await sdk.messages(sid).fetch()).toMatchObject({ status: 'failed', errorCode: 21610 });
    expect(carrier.sim.assertions()[aPhone(1)]).toMatchObject({ createdAfterStop: 1 });
  });

  test('to a toll-free number is also in the network, where only START and UNSTOP help', async () => {
    carrier = await aCarrier({ account: { numbers, services: [] } });
    hear(TOLL_FREE, 'STOP');
    expect(await ends({ from: TOLL_FREE })).toBe(21610);
    hear(TOLL_FREE, 'YES');
    expect(await ends({ from: TOLL_FREE })).toBe(21610);
    hear(TOLL_FREE, 'unstop');
    expect(await ends({ from: TOLL_FREE })).toBe('delivered');
  });

  test('to a toll-free number in a service: YES opens the service, the network stays shut', async () => {
    carrier = await aCarrier({ account: { numbers, services: [service({ numbers: [TOLL_FREE] })] } });
    hear(TOLL_FREE, 'STOP');
    hear(TOLL_FREE, 'YES');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe(30004);
    hear(TOLL_FREE, 'START');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe('delivered');
  });

  test('to a service that keeps no replies still counts, although nobody can read it', async () => {
    carrier = await aCarrier({ account: { numbers, services: [service({ useInboundWebhookOnNumber: false })] } });
    expect(hear(POOL[0] as string, 'STOP')).toBeNull();
    const sdk = await sdkOf(carrier.url);
    expect(await sdk.messages.list({ to: POOL[0] as string })).toEqual([]);
    expect(await ends({ messagingServiceSid: SERVICE })).toBe(21610);
    expect(carrier.sim.stats()).toMatchObject({ unlogged: 1 });
  });
});

describe('consents the account tells', () => {
  test('stop a sender for somebody and bring them back; what is wrong is said item by item', async () => {
    carrier = await aCarrier({ account: { numbers, services: [service()] } });
    const sdk = await sdkOf(carrier.url);
    const item = (o: Record<string, string> = {}) => ({
      contact_id: aPhone(1),
      correlation_id: 'ad388b5a46b33b874b0d41f7226db2ef',
      sender_id: SERVICE,
      status: 'opt-out',
      source: 'offline',
      ...o,
    });
    const tell = async (...items: object[]) => (await sdk.accounts.v1.bulkConsents.create({ items })).items;
    expect(await tell(item(), item({ contact_id: '+19', date_of_consent: 'yesterday' }))).toEqual([
      { correlation_id: 'ad388b5a46b33b874b0d41f7226db2ef', error_code: 0, error_messages: [] },
      {
        correlation_id: 'ad388b5a46b33b874b0d41f7226db2ef',
        error_code: 30_646,
        error_messages: ['INVALID_CONTACT_ID', 'INVALID_DATE_OF_CONSENT'],
      },
    ]);
    expect(await ends({ messagingServiceSid: SERVICE })).toBe(21610);
    expect(await ends({ from: SENDER })).toBe('delivered');
    await tell(item({ status: 'opt-in' }));
    expect(await ends({ messagingServiceSid: SERVICE })).toBe('delivered');
    await expect(tell(...Array.from({ length: 26 }, () => item()))).rejects.toMatchObject({ code: 20001 });
  });
});

describe('words', () => {
  test('the whole text counts, in any case; a sentence with STOP in it does not', async () => {
    carrier = await aCarrier({ account: { numbers, services: [] } });
    for (const body of ['Stop please', 'don’t stop', 'STOP!', 'remove me', 'ok']) {
      hear(SENDER, body);
      expect(await ends({ from: SENDER })).toBe('delivered');
    }
    for (const body of ['STOP', 'stopall', 'Unsubscribe', 'cancel', 'END', 'quit', 'Revoke', 'OPTOUT']) {
      hear(SENDER, body);
      expect(await ends({ from: SENDER })).toBe(21610);
      hear(SENDER, 'start');
      expect(await ends({ from: SENDER })).toBe('delivered');
    }
    expect(carrier.sim.stats().autoReplies).toBe(16);
  });

  test('a service may know words of its own; the usual ones cannot be taken away', async () => {
    carrier = await aCarrier({
      account: { numbers, services: [service({ words: { stop: ['BASTA', 'Alto'], start: ['VUELVO'], help: ['AYUDA'] } })] },
    });
    hear(POOL[0] as string, 'basta');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe(21610);
    hear(POOL[0] as string, 'vuelvo');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe('delivered');
    hear(POOL[0] as string, 'STOP');
    expect(await ends({ messagingServiceSid: SERVICE })).toBe(21610);
    hear(SENDER, 'basta');
    expect(await ends({ from: SENDER })).toBe('delivered');
  });

  test('the last word decides, whatever came before (property)', async () => {
    carrier = await aCarrier({ account: { numbers, services: [service()] } });
    const { OptOuts } = await import('@adapters/practice-carrier/opt-outs');
    const words = fc.constantFrom('STOP', 'START', 'YES', 'UNSTOP', 'HELP', 'hello', 'quit', 'no thanks');
    fc.assert(
      fc.property(
        fc.array(fc.record({ to: fc.constantFrom(SENDER, OTHER, ...POOL), word: words }), { maxLength: 30, size: 'max' }),
        (heard) => {
          const box = new OptOuts(carrier.sim.account);
          const last = new Map<string, boolean>();
          for (const { to, word } of heard) {
            box.hear(to, aPhone(1), word);
            const scope = POOL.includes(to) ? SERVICE : to;
            if (['STOP', 'quit'].includes(word)) last.set(scope, true);
            if (['START', 'YES', 'UNSTOP'].includes(word)) last.set(scope, false);
          }
          // A number of its own that is not toll-free knows YES.
          for (const to of [SENDER, OTHER]) expect(box.isBlocked(to, aPhone(1))).toBe(last.get(to) ?? false);
          for (const to of POOL) expect(box.isBlocked(to, aPhone(1))).toBe(last.get(SERVICE) ?? false);
          expect(box.isBlocked(SENDER, aPhone(2))).toBe(false);
        },
      ),
    );
  });
});
