import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CarrierServer, startCarrierServer } from '@adapters/practice-carrier/server';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import type { SimScript } from '@adapters/practice-carrier/types';
import { makeTwilioGateway } from '@adapters/twilio/gateway';
import { dispatch } from '@backend/dispatch';
import { openShop } from '@backend/open-shop';
import { startStanding } from '@backend/standing';
import { readSettings, saveSettings } from '@db/queries/settings';
import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { SmsGateway } from '@ports/sms-gateway';
import { recordStop, withConsent } from '@services/consent/index';
import type { Ctx } from '@services/ctx';
import { ACCOUNT, KEY, SECRET, SENDER } from './carrier';
import { memorySecrets } from './outbox-template';
import { givePermission } from './sending-shop';
import { StoryClock } from './story-clock';
import { owner } from './test-ctx';

export interface StoryPerson {
  id: CustomerId;
  phone: PhoneE164 | null;
  /** Why they cannot be texted from the beginning; null = they can. */
  left: 'never' | 'out' | 'landline' | 'no-number' | null;
}

export interface StoryShop {
  ctx: Ctx;
  clock: StoryClock;
  people: readonly StoryPerson[];
  carrier(): CarrierServer;
  /** The line is cut; then it is back, with the carrier's books as they were. */
  offline(): Promise<void>;
  online(): Promise<void>;
  /** An owner's call of the app's own channels. */
  call<T>(channel: string, input: unknown): Promise<T>;
  close(): Promise<void>;
}

/** Where people live, by area code: the shop's own zone, three others, one code of two zones, and the islands. */
const PLACES: readonly [string, number][] = [
  ['646', 0.5],
  ['312', 0.65],
  ['303', 0.75],
  ['310', 0.95],
  ['208', 0.98],
  ['808', 1],
];
const phoneOf = (i: number, of: number): PhoneE164 => {
  const [area] = PLACES.find(([, upTo]) => i / of < upTo) ?? ['646'];
  return `+1${area}555${String(i).padStart(4, '0')}` as PhoneE164;
};

/** The whole backend with everything it does by itself, the practice carrier over real HTTP, and one clock for both. */
export async function aStoryShop(o: { start: number; people: number; scripts: readonly SimScript[]; pace: number }): Promise<StoryShop> {
  let underWay = 0;
  const clock = new StoryClock(o.start, () => underWay > 0);
  const dir = mkdtempSync(join(tmpdir(), 'regulars-story-'));
  const books = join(dir, 'carrier.jsonl');
  const openCarrier = async (port: number): Promise<CarrierServer> => {
    const server = await startCarrierServer({
      port,
      seed: 5,
      stateFile: books,
      accountSid: ACCOUNT,
      keySid: KEY,
      keySecret: SECRET,
      clock: new SimClock({ now: clock.now(), rate: 1 }, () => clock.now()),
    });
    for (const s of o.scripts) server.sim.script(s);
    return server;
  };
  let carrier = await openCarrier(0);
  const { url } = carrier;
  const secrets = memorySecrets(new Map([['twilio-key-secret', SECRET]]));
  const shop = await openShop({ dir, kind: 'real', secrets, clock, twilioUrl: url });

  const counted =
    <A extends unknown[], R>(fn: (...a: A) => Promise<R>) =>
    async (...a: A): Promise<R> => {
      underWay++;
      try {
        return await fn(...a);
      } finally {
        underWay--;
      }
    };
  let built: { key: string; gateway: SmsGateway } | undefined;
  const gatewayWith = (keySecret: string): SmsGateway => {
    const g = makeTwilioGateway({ accountSid: ACCOUNT, keySid: KEY, keySecret, baseUrl: url, retryPausesMs: [1, 2] });
    return {
      ...g,
      send: counted((r) => g.send(r)),
      list: counted((f) => g.list(f)),
      nextPage: counted((n) => g.nextPage(n)),
      fetch: counted((s) => g.fetch(s)),
      cancel: counted((s) => g.cancel(s)),
      probe: counted(() => g.probe()),
    };
  };
  const ctx: Ctx = {
    ...shop.ctx,
    async gateway() {
      const key = (await secrets.get('twilio-key-secret')) ?? '';
      if (built?.key !== key) built = { key, gateway: gatewayWith(key) };
      return built.gateway;
    },
    backstage: { ...shop.ctx.backstage, gatewayFor: async ({ keySecret }) => gatewayWith(keySecret) },
  };
  // nobody pulls the plug in this story: waiting for the disk after each text would be a good part of its time
  ctx.db.raw.pragma('synchronous = OFF');
  const people = fill(ctx, o.people, o.pace);
  const stop = new AbortController();
  const standing = startStanding(ctx, stop.signal);
  return {
    ctx,
    clock,
    people,
    carrier: () => carrier,
    offline: () => carrier.close(),
    async online() {
      carrier = await openCarrier(Number(new URL(url).port));
    },
    async call<T>(channel: string, input: unknown) {
      const answer = await dispatch(ctx, owner, channel, input);
      if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
      return answer.value as T;
    },
    async close() {
      stop.abort();
      await standing.catch(() => undefined);
      await shop.close();
      await carrier.close().catch(() => undefined);
    },
  };
}

function fill(ctx: Ctx, count: number, pace: number): StoryPerson[] {
  const { db } = ctx;
  const now = ctx.clock.now();
  const settings = readSettings(db);
  saveSettings(db, 'shop', { ...settings.shop, name: 'Corner Shoes' }, now);
  const sender = { kind: 'number', number: SENDER } as const;
  const texting = { mode: 'twilio', accountSid: ACCOUNT, keySid: KEY, sender, senderApproved: true } as const;
  saveSettings(db, 'texting', { ...settings.texting, ...texting, numbers: [SENDER], segmentsPerSecond: pace }, now);
  db.run(db.q.insertInto('staff').values({ id: 1, name: 'Olga', role: 'owner', pin_hash: null, created_at: 0 }));
  // The last few of each hundred cannot be texted, for one of four reasons.
  const left = (i: number) => (i % 100 < 96 ? null : (['never', 'out', 'landline', 'no-number'] as const)[(i % 100) - 96]) ?? null;
  const people = Array.from({ length: count }, (_, i): StoryPerson => {
    const why = left(i);
    return { id: (i + 1) as CustomerId, phone: why === 'no-number' ? null : phoneOf(i, count), left: why };
  });
  db.tx((trx) => {
    const add = trx.prepare('INSERT INTO customer (id, first_name, phone, phone_kind, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)');
    for (const p of people) add.run(p.id, `P${p.id}`, p.phone, p.left === 'landline' ? 'landline' : 'mobile', now, now);
  });
  givePermission(
    ctx,
    people.flatMap((p) => (p.phone === null || p.left === 'never' ? [] : [p.phone])),
  );
  withConsent(ctx, (trx) => {
    for (const p of people) {
      if (p.left !== 'out' || p.phone === null) continue;
      recordStop(ctx, trx, { phone: p.phone, method: 'counter', reason: 'long ago', carrierStop: false, occurredAt: now as UtcMs });
    }
  });
  return people;
}
