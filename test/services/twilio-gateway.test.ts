import { inspect } from 'node:util';
import { makeTwilioGateway } from '@adapters/twilio/gateway';
import { AppError } from '@domain/errors';
import { DAY, MINUTE, type PhoneE164, SECOND } from '@domain/kernel';
import type { CarrierMessage, SendOutcome, SmsGateway } from '@ports/sms-gateway';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCOUNT, aCarrier, aPhone, aText, KEY, SECRET, SENDER, SERVICE, type TestCarrier } from '../support/carrier';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

async function everything(gateway: SmsGateway, filter: Parameters<SmsGateway['list']>[0]): Promise<CarrierMessage[]> {
  const out: CarrierMessage[] = [];
  let page = await gateway.list(filter);
  for (;;) {
    out.push(...page.messages);
    if (page.next === null) return out;
    page = await gateway.nextPage(page.next);
  }
}

const accepted = (o: SendOutcome): CarrierMessage => {
  if (o.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(o)}`);
  return o.message;
};

describe('a text', () => {
  test('is accepted, queued, sent, delivered and priced', async () => {
    carrier = await aCarrier();
    const { gateway } = carrier;
    const m = accepted(await gateway.send(aText()));
    expect(m).toMatchObject({
      status: 'queued',
      segments: 1,
      from: SENDER,
      to: aPhone(1),
      direction: 'outbound',
      price: null,
      sentAt: null,
    });
    expect(m.createdAt).toBe(carrier.now());
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) {
      seen.add((await gateway.fetch(m.sid))?.status ?? 'gone');
      carrier.advance(100);
    }
    expect([...seen]).toEqual(['queued', 'sending', 'sent', 'delivered']);
    carrier.advance(DAY);
    expect(await gateway.list({ to: aPhone(1) })).toMatchObject({
      messages: [{ sid: m.sid, price: 11_300, priceCurrency: 'USD' }],
      next: null,
    });
  });

  test('through a service has no sender and no segments until one is chosen', async () => {
    carrier = await aCarrier();
    const { gateway } = carrier;
    const m = accepted(await gateway.send(aText({ sender: { kind: 'service', sid: SERVICE }, body: 'é'.repeat(80) })));
    expect(m).toMatchObject({ status: 'accepted', from: null, segments: 0, messagingServiceSid: SERVICE });
    carrier.advance(MINUTE);
    const later = await gateway.fetch(m.sid);
    expect(later).toMatchObject({ status: 'delivered', segments: 1 });
    expect(['+12125550141', '+12125550142']).toContain(later?.from);
    expect(later?.body).toBe('é'.repeat(80));
  });

  test('not in the log is null, not an error', async () => {
    carrier = await aCarrier();
    expect(await carrier.gateway.fetch(`SM${'0'.repeat(32)}`)).toBeNull();
    expect(await carrier.gateway.fetch('nonsense')).toBeNull();
  });

  test('that waits longer than allowed fails without leaving', async () => {
    carrier = await aCarrier({ account: { numbers: [{ number: SENDER, mps: 0.1 }] } });
    const first = accepted(await carrier.gateway.send(aText({ to: aPhone(1), validitySeconds: 5 })));
    const second = accepted(await carrier.gateway.send(aText({ to: aPhone(2), validitySeconds: 5 })));
    carrier.advance(MINUTE);
    expect(await carrier.gateway.fetch(first.sid)).toMatchObject({ status: 'delivered' });
    expect(await carrier.gateway.fetch(second.sid)).toMatchObject({ status: 'failed', errorCode: 30036, sentAt: null });
  });
});

describe('lists', () => {
  test('2,010 messages come in pages, newest first, each once', async () => {
    carrier = await aCarrier();
    for (let i = 0; i < 2010; i++) {
      carrier.sim.create({ To: aPhone(i % 40), From: SENDER, Body: `text ${i}` });
      carrier.sim.changeClock({ advance: 7 });
    }
    carrier.advance(MINUTE);
    const all = await everything(carrier.gateway, { pageSize: 1000 });
    expect(all).toHaveLength(2010);
    expect(new Set(all.map((m) => m.sid)).size).toBe(2010);
    expect(all[0]?.body).toBe('text 2009');
    expect(all.every((m, i) => i === 0 || m.createdAt <= (all[i - 1]?.createdAt ?? 0))).toBe(true);
    const mine = await everything(carrier.gateway, { to: aPhone(3), pageSize: 20 });
    expect(mine).toHaveLength(51);
    expect(mine.every((m) => m.to === aPhone(3))).toBe(true);
  });

  test('new texts arriving between pages move nothing out of the pages', async () => {
    carrier = await aCarrier();
    for (let i = 0; i < 30; i++) carrier.sim.create({ To: aPhone(i), From: SENDER, Body: 'old' });
    const first = await carrier.gateway.list({ pageSize: 10 });
    for (let i = 0; i < 5; i++) carrier.sim.create({ To: aPhone(i), From: SENDER, Body: 'new' });
    const rest: CarrierMessage[] = [];
    for (let next = first.next; next !== null; ) {
      const page = await carrier.gateway.nextPage(next);
      rest.push(...page.messages);
      next = page.next;
    }
    expect(new Set([...first.messages, ...rest].map((m) => m.sid)).size).toBe(30);
  });

  test('since a moment: replies to our number from then on', async () => {
    carrier = await aCarrier();
    carrier.sim.inbound({ from: aPhone(1), to: SENDER, body: 'early' });
    carrier.advance(10 * MINUTE);
    const since = carrier.now();
    carrier.sim.inbound({ from: aPhone(2), to: SENDER, body: 'late' });
    carrier.advance(MINUTE);
    const page = await carrier.gateway.list({ to: SENDER, sentAfter: since });
    expect(page.messages).toMatchObject([{ direction: 'inbound', body: 'late', from: aPhone(2), status: 'received' }]);
  });

  test('may be late and stale, while a single message is fresh', async () => {
    carrier = await aCarrier({ listLag: { ms: 5 * MINUTE }, listStaleMs: 0 });
    const m = accepted(await carrier.gateway.send(aText()));
    carrier.advance(MINUTE);
    expect((await carrier.gateway.list({ to: aPhone(1) })).messages).toEqual([]);
    expect(await carrier.gateway.fetch(m.sid)).toMatchObject({ status: 'delivered' });
    carrier.advance(5 * MINUTE);
    carrier.sim.listStaleMs = 6 * MINUTE - 100;
    expect((await carrier.gateway.list({ to: aPhone(1) })).messages).toMatchObject([{ status: 'queued' }]);
  });

  test('follow only their own next address', async () => {
    carrier = await aCarrier();
    await expect(carrier.gateway.nextPage('https://evil.example/2010-04-01/x')).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(carrier.gateway.nextPage('not an address')).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

describe('refusals', () => {
  test.each([
    ['an invalid number', { to: '+1310555' as PhoneE164 }, 21211],
    ['a sender that is not ours', { sender: { kind: 'number' as const, number: '+12125559999' as PhoneE164 } }, 21606],
    ['an unknown service', { sender: { kind: 'service' as const, sid: `MG${'1'.repeat(32)}` } }, 21701],
    ['an empty text', { body: '' }, 21602],
    ['a text over 1,600 characters', { body: 'x'.repeat(1601) }, 21617],
    ['our own number', { to: '+12125550141' as PhoneE164 }, 21211],
    ['sender and person the same', { to: SENDER }, 21266],
    ['another country', { to: '+447700900123' as PhoneE164 }, 21408],
  ])('%s', async (_name, over, code) => {
    carrier = await aCarrier();
    expect(await carrier.gateway.send(aText(over))).toMatchObject({ kind: 'rejected', code });
    expect(carrier.sim.messages()).toEqual([]);
  });

  test('a suspended account refuses every text', async () => {
    carrier = await aCarrier({ account: { active: false } });
    expect(await carrier.gateway.send(aText())).toMatchObject({ kind: 'rejected', code: 20005 });
  });

  test('STOP blocks at the carrier until START, for the service as a whole', async () => {
    carrier = await aCarrier();
    const { gateway, sim } = carrier;
    const viaService = aText({ sender: { kind: 'service', sid: SERVICE } });
    accepted(await gateway.send(viaService));
    accepted(await gateway.send(aText()));
    carrier.advance(MINUTE);
    sim.inbound({ from: aPhone(1), to: '+12125550142', body: ' stop ' });
    expect(await gateway.send(viaService)).toEqual({ kind: 'rejected', code: 21610, httpStatus: 400 });
    // The single number is another scope, and "stop please" is not a keyword.
    sim.inbound({ from: aPhone(1), to: SENDER, body: 'Stop please' });
    expect((await gateway.send(aText())).kind).toBe('accepted');
    // Twilio's own answer is not in the log.
    const all = await everything(gateway, { pageSize: 100 });
    expect(all.filter((m) => m.direction === 'inbound')).toHaveLength(2);
    expect(all.filter((m) => m.direction === 'outbound')).toHaveLength(3);
    sim.inbound({ from: aPhone(1), to: '+12125550142', body: 'START' });
    expect((await gateway.send(viaService)).kind).toBe('accepted');
    expect(sim.assertions()[aPhone(1)]).toMatchObject({ created: 4, createdAfterStop: 0, refusedAfterStop: 1 });
  });

  test('a stop may also show only afterwards', async () => {
    carrier = await aCarrier({ serviceStop: 'fail' });
    carrier.sim.inbound({ from: aPhone(1), to: '+12125550141', body: 'QUIT' });
    const m = accepted(await carrier.gateway.send(aText({ sender: { kind: 'service', sid: SERVICE } })));
    carrier.advance(MINUTE);
    expect(await carrier.gateway.fetch(m.sid)).toMatchObject({ status: 'failed', errorCode: 21610 });
  });

  test('a wrong key is refused: sending says so, reading throws', async () => {
    carrier = await aCarrier();
    const wrong = makeTwilioGateway({ accountSid: ACCOUNT, keySid: KEY, keySecret: 'other', baseUrl: carrier.url });
    expect(await wrong.send(aText())).toEqual({ kind: 'rejected', code: 20003, httpStatus: 401 });
    await expect(wrong.list({})).rejects.toMatchObject({ code: 'sms.refused-key' });
    await expect(wrong.probe()).rejects.toMatchObject({ code: 'sms.refused-key' });
    expect(() => makeTwilioGateway({ accountSid: 'AC12', keySid: KEY, keySecret: SECRET })).toThrow(AppError);
  });
});

describe('faults of the line', () => {
  const quick = { postMs: 300, getMs: 300 };

  test.each([
    ['429', { kind: 'status', status: 429 }, { kind: 'not-sent', why: 'rate-limited', retryAfterMs: null }],
    [
      '429 with Retry-After',
      { kind: 'status', status: 429, retryAfter: '7' },
      { kind: 'not-sent', why: 'rate-limited', retryAfterMs: 7 * SECOND },
    ],
    ['500', { kind: 'status', status: 500 }, { kind: 'uncertain', why: 'server-error', httpStatus: 500 }],
    ['503', { kind: 'status', status: 503 }, { kind: 'uncertain', why: 'server-error', httpStatus: 503 }],
    ['a web page with 502', { kind: 'html', status: 502 }, { kind: 'uncertain', why: 'server-error', httpStatus: 502 }],
    ['a web page with 200', { kind: 'html', status: 200 }, { kind: 'uncertain', why: 'broken-answer', httpStatus: 200 }],
    ['a web page with 403', { kind: 'html', status: 403 }, { kind: 'uncertain', why: 'broken-answer', httpStatus: 403 }],
    ['reset', { kind: 'reset' }, { kind: 'uncertain', why: 'reset' }],
    ['hang', { kind: 'hang' }, { kind: 'uncertain', why: 'timeout' }],
    ['slow', { kind: 'slow', ms: 800 }, { kind: 'uncertain', why: 'timeout' }],
  ] as const)('%s, nothing accepted', async (_name, effect, outcome) => {
    carrier = await aCarrier({ timeouts: quick });
    carrier.faults.add({ method: 'POST', path: 'Messages', effect });
    expect(await carrier.gateway.send(aText())).toMatchObject(outcome);
    if (effect.kind !== 'slow') expect(carrier.sim.messages()).toEqual([]);
  });

  test.each([
    ['500', { kind: 'status', status: 500 }, 'server-error'],
    ['reset', { kind: 'reset' }, 'reset'],
    ['hang', { kind: 'hang' }, 'timeout'],
    ['half an answer', { kind: 'truncated' }, 'broken-answer'],
    ['a cut answer', { kind: 'cut' }, 'reset'],
    ['an empty answer', { kind: 'empty' }, 'broken-answer'],
  ] as const)('%s, although accepted: uncertain, and the list has it', async (_name, effect, why) => {
    carrier = await aCarrier({ timeouts: quick });
    carrier.faults.add({ method: 'POST', path: 'Messages', when: 'after', times: 1, effect });
    expect(await carrier.gateway.send(aText())).toMatchObject({ kind: 'uncertain', why });
    const { messages } = await carrier.gateway.list({ to: aPhone(1) });
    expect(messages).toMatchObject([{ direction: 'outbound', body: aText().body }]);
  });

  test('no carrier at all: not sent', async () => {
    carrier = await aCarrier();
    const nobody = await aCarrier();
    await nobody.close();
    const gateway = makeTwilioGateway({ accountSid: ACCOUNT, keySid: KEY, keySecret: SECRET, baseUrl: nobody.url });
    expect(await gateway.send(aText())).toEqual({ kind: 'not-sent', why: 'unreachable', retryAfterMs: null });
    await expect(gateway.fetch(`SM${'0'.repeat(32)}`)).rejects.toMatchObject({ code: 'sms.unreachable' });
  });

  test('reading is tried again, sending never', async () => {
    carrier = await aCarrier({ timeouts: quick });
    carrier.faults.add({ method: 'GET', path: 'Messages', times: 1, effect: { kind: 'status', status: 503 } });
    carrier.faults.add({ method: 'GET', path: 'Messages', times: 1, effect: { kind: 'status', status: 429, retryAfter: '0' } });
    expect((await carrier.gateway.list({})).messages).toEqual([]);
    carrier.faults.add({ method: 'POST', effect: { kind: 'status', status: 429 } });
    await carrier.gateway.send(aText());
    expect(carrier.faults.hits).toEqual({ status: 3 });
  });

  test('more at once than the account may is refused without being processed', async () => {
    carrier = await aCarrier({ maxConcurrent: 3 });
    const out = await Promise.all(Array.from({ length: 12 }, (_, i) => carrier.gateway.send(aText({ to: aPhone(i) }))));
    const made = out.filter((o) => o.kind === 'accepted').length;
    expect(out.every((o) => o.kind === 'accepted' || (o.kind === 'not-sent' && o.why === 'rate-limited'))).toBe(true);
    expect(carrier.sim.messages()).toHaveLength(made);
  });
});

describe('what leaves the adapter', () => {
  test('no error or outcome carries a credential, a number, a text or the key', async () => {
    const secret = 'very-secret-key-value';
    carrier = await aCarrier({ timeouts: { postMs: 200, getMs: 200 }, keySecret: secret });
    const { gateway } = carrier;
    const wrong = makeTwilioGateway({ accountSid: ACCOUNT, keySid: KEY, keySecret: `${secret}x`, baseUrl: carrier.url });
    const leaks = [
      secret,
      Buffer.from(`${KEY}:${secret}`).toString('base64').slice(0, 30),
      'Basic ',
      KEY,
      aPhone(1),
      aPhone(1).slice(1),
      'off boots',
      SENDER,
    ];
    const seen: unknown[] = [];
    const keep = async (p: Promise<unknown>) => {
      try {
        const value = await p;
        if ((value as { kind?: string }).kind !== 'accepted') seen.push(value);
      } catch (error) {
        seen.push(error);
      }
    };
    for (const effect of [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 400, code: 21211 },
      { kind: 'html', status: 502 },
      { kind: 'reset' },
      { kind: 'hang' },
      { kind: 'truncated' },
      { kind: 'cut' },
      { kind: 'empty' },
    ] as const) {
      carrier.faults.add({ when: 'after', effect });
      await keep(gateway.send(aText()));
      await keep(gateway.list({ to: aPhone(1) }));
      await keep(gateway.price('US'));
      await keep(gateway.balance());
      carrier.faults.clear();
    }
    await keep(wrong.list({ to: aPhone(1) }));
    await keep(wrong.balance());
    await keep(wrong.letServiceLogReplies(SERVICE));
    await keep(gateway.letServiceLogReplies(`MG${'2'.repeat(32)}`));
    expect(seen.length).toBeGreaterThan(20);
    for (const thing of seen) {
      if (thing instanceof Error) expect(thing).toBeInstanceOf(AppError);
      const words = [
        JSON.stringify(thing),
        inspect(thing, { depth: 20, showHidden: true }),
        (thing as Error).stack ?? '',
        String(thing),
      ].join('\n');
      for (const leak of leaks) expect(words).not.toContain(leak);
    }
  }, 60_000);

  test('texts never go anywhere but Twilio or this machine', () => {
    for (const baseUrl of [
      'http://example.com',
      'https://127.0.0.1:1',
      'http://127.0.0.1.example.com',
      'http://10.0.0.1',
      'ftp://localhost',
      'nonsense',
      'http://a:b@127.0.0.1',
    ]) {
      expect(() => makeTwilioGateway({ accountSid: ACCOUNT, keySid: KEY, keySecret: SECRET, baseUrl }), baseUrl).toThrow(AppError);
    }
    for (const baseUrl of ['http://127.0.0.1:4010', 'http://localhost:4010', 'http://[::1]:4010']) {
      expect(() => makeTwilioGateway({ accountSid: ACCOUNT, keySid: KEY, keySecret: SECRET, baseUrl })).not.toThrow();
    }
  });
});
