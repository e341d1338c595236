import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import type { Fault } from '@adapters/practice-carrier/faults';
import { openShop } from '@backend/open-shop';
import { readSettings, saveSettings } from '@db/queries/settings';
import type { PhoneE164 } from '@domain/kernel';
import type { SecretName, SecretStore } from '@ports/secrets';
import { ACCOUNT, KEY, SECRET, SENDER } from './carrier';
import { givePermission } from './sending-shop';
import { NOON } from './test-ctx';

/** One person in each kind of place: an area code of its own zone, of several zones, of a stricter state, far behind the shop. */
export const PHONES: readonly PhoneE164[] = [
  '+16465550001',
  '+16465550002',
  '+16465550003',
  '+13105550004',
  '+13105550005',
  '+12085550006',
  '+12085550007',
  '+13055550008',
  '+12105550009',
  '+18085550010',
  '+16025550011',
  // two of one family
  '+16465550012',
  '+16465550012',
] as PhoneE164[];

/** Micros of a segment. */
export const PRICE = 11_300;
/** Slow: a campaign is under way over several steps. */
export const PACE = 0.2;
/** Only texts of campaigns say this. */
export const WORDS = /boots are in/;

export const ACTS = [
  'campaign',
  'two campaigns',
  'campaign twice',
  'campaign after a change',
  'planned campaign',
  'pause',
  'resume',
  'cancel',
  'pause all',
  'STOP',
  'stop in words',
  'perhaps a stop',
  'just a word',
  'stop by staff',
  'another number',
  'erased',
  'send again',
  'leave it',
  'copy',
  'restore',
  'restart',
  'power cut',
  'bad line',
  'lists late',
  'key revoked',
  'well again',
  'minutes',
  'hours',
  'days',
  'clock wrong',
  'limit',
  'no limit',
] as const;
export type Act = (typeof ACTS)[number];
/** `n` chooses whom or how; `mid`: while the nth next request to the carrier is under way, in place of now. */
export interface Step {
  act: Act;
  n: number;
  mid: number | null;
}
/** What may happen while an answer of the carrier is under way: of a text, or of a list. */
export const MID_ACTS: readonly Act[] = [
  'pause',
  'cancel',
  'pause all',
  'STOP',
  'stop by staff',
  'another number',
  'erased',
  'power cut',
  'limit',
  'key revoked',
];

const POST = { method: 'POST', path: 'Messages.json' } as const;
export const BAD_LINES: readonly (readonly Fault[])[] = [
  [{ ...POST, when: 'after', probability: 0.5, effect: { kind: 'reset' } }],
  [{ ...POST, when: 'before', probability: 0.5, effect: { kind: 'reset' } }],
  [{ ...POST, when: 'before', probability: 0.5, effect: { kind: 'status', status: 429, retryAfter: '2' } }],
  [{ ...POST, when: 'after', probability: 0.5, effect: { kind: 'status', status: 500 } }],
  [{ ...POST, when: 'after', probability: 0.5, effect: { kind: 'truncated' } }],
  [{ ...POST, when: 'after', probability: 0.5, effect: { kind: 'empty' } }],
  [{ ...POST, when: 'before', probability: 0.5, effect: { kind: 'html', status: 502 } }],
  [{ method: 'GET', path: 'Messages', when: 'before', probability: 0.5, effect: { kind: 'status', status: 503 } }],
  [{ ...POST, when: 'before', probability: 0.3, effect: { kind: 'status', status: 400, code: 30034 } }],
];

export interface Template {
  dir: string;
  secrets: Map<SecretName, string>;
}

/** Secrets that live as long as the test. */
export function memorySecrets(from: ReadonlyMap<SecretName, string>): SecretStore & { all: Map<SecretName, string> } {
  const all = new Map(from);
  return {
    all,
    get: async (k) => all.get(k) ?? null,
    set: async (k, v) => void all.set(k, v),
    remove: async (k) => void all.delete(k),
  };
}

/** The shop every run begins with, on disk. */
export async function aModelTemplate(): Promise<Template> {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-model-'));
  const secrets = memorySecrets(new Map([['twilio-key-secret', SECRET]]));
  const shop = await openShop({ dir, kind: 'real', secrets, clock: new FixedClock(NOON), twilioUrl: 'http://127.0.0.1:9' });
  const { ctx } = shop;
  const { db } = ctx;
  const settings = readSettings(db);
  saveSettings(db, 'shop', { ...settings.shop, name: 'Corner Shoes' }, NOON);
  const sender = { kind: 'number', number: SENDER } as const;
  const texting = { mode: 'twilio', accountSid: ACCOUNT, keySid: KEY, sender, numbers: [SENDER], senderApproved: true } as const;
  saveSettings(
    db,
    'texting',
    { ...settings.texting, ...texting, numbers: [SENDER], segmentsPerSecond: PACE, pricePerSegment: PRICE as never },
    NOON,
  );
  db.run(db.q.insertInto('staff').values({ id: 1, name: 'Olga', role: 'owner', pin_hash: null, created_at: 0 }));
  givePermission(ctx, [...new Set(PHONES)]);
  db.tx((trx) => {
    const add = trx.prepare('INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES (?, ?, ?, ?, ?)');
    PHONES.forEach((phone, i) => void add.run(`P${i}`, phone, 'mobile', NOON, NOON));
  });
  await shop.close();
  return { dir, secrets: secrets.all };
}
