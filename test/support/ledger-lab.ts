import { createHmac, hash } from 'node:crypto';
import { migrate } from '@db/migrate';
import { type Db, openDb } from '@db/open';
import { type ConsentEventRow, eventOf, insertEvent, insertEvidence, keepAddress, keepWording, replaceStates } from '@db/queries/consent';
import { writeMeta } from '@db/queries/settings';
import { canonical, GENESIS } from '@domain/consent/chain';
import { keyedSeal } from '@domain/consent/hmac';
import { foldConsent } from '@domain/consent/status';
import type { UtcMs, Zone } from '@domain/kernel';
import { HEAD_META } from '@services/consent/ledger';
import { type LedgerCheck, verifyLedger } from '@services/consent/verify';

const KEY = new Uint8Array(32).fill(7);
const ZONE = 'America/New_York' as Zone;
const T0 = Date.UTC(2020, 0, 6, 15);
const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const sha = (text: string): string => hash('sha256', text, 'hex');
const nextTurn = (): Promise<void> => new Promise((r) => setImmediate(r));

/** What happens to a number over the years, one event a round: most sign up and change what they get, some stop, some come back. */
const LIFE: readonly (readonly [kind: string, purpose: string, method: string, topics: string])[] = [
  ['signed-up', 'marketing', 'screen', '["events","offers"]'],
  ['preferred', 'all', 'reply', '["-events"]'],
  ['stopped', 'all', 'reply', '[]'],
  ['restarted', 'all', 'reply', '[]'],
];

/** A ledger of `events` events in a new file, hashed as the app hashes it, but written in bulk. */
export function makeLedger(file: string, events: number): Db {
  const db = openDb(file);
  migrate(db.raw);
  const wording = {
    kind: 'sign-up',
    language: 'en',
    version: 1,
    text: `Yes, text me. ${'By ticking this box I agree. '.repeat(12)}`,
    hash: '',
  };
  wording.hash = sha(wording.text);
  const people = Math.ceil(events / LIFE.length);
  const hmacs = Array.from({ length: people }, (_, i) => createHmac('sha256', KEY).update(phoneOf(i)).digest('hex'));
  let prev = GENESIS;
  const lives = new Map<number, ConsentEventRow[]>();
  for (let id = 1; id <= events; ) {
    db.tx((trx) => {
      if (id === 1) keepWording(trx, wording, T0 as UtcMs);
      for (const end = Math.min(events, id + 20_000 - 1); id <= end; id++) {
        const person = (id - 1) % people;
        const [kind, purpose, method, topics] = LIFE[Math.floor((id - 1) / people)] ?? ['stopped', 'all', 'reply', '[]'];
        const salt = sha(`salt ${id}`).slice(0, 32);
        const address = phoneOf(person);
        const inbound = method === 'reply' ? `SM${sha(`${id}`).slice(0, 32)}` : null;
        const said = method === 'reply' ? 'Please stop, thank you' : null;
        const fields = {
          id,
          address_hmac: hmacs[person] as string,
          channel: 'sms' as const,
          purpose,
          kind,
          method,
          promise_max: kind === 'signed-up' ? 4 : null,
          topics,
          language: 'en',
          wording_hash: kind === 'signed-up' ? wording.hash : null,
          reason: kind === 'stopped' ? 'carrier-stop: exact' : null,
          staff_id: kind === 'signed-up' ? 1 + (id % 5) : null,
          device: kind === 'signed-up' ? 'display' : '',
          evidence_hash: sha(JSON.stringify([salt, address, 'Ana García', inbound, said, null])),
          occurred_at: T0 + id * 100,
          recorded_at: T0 + id * 100,
          prev_hash: prev,
        };
        const row: ConsentEventRow = { ...fields, hash: sha(canonical(fields)) };
        prev = row.hash;
        insertEvent(trx, row);
        insertEvidence(trx, {
          event_id: id,
          salt,
          address,
          name: 'Ana García',
          inbound_sid: inbound,
          inbound_text: said,
          photo: null,
          sealed_at: null,
        });
        if (id <= people) keepAddress(trx, address, row.address_hmac);
        if (person < people) {
          const life = lives.get(person);
          if (life) life.push(row);
          else lives.set(person, [row]);
        }
        // a number's last event: its states are known
        if (id + people > events) {
          const life = lives.get(person) ?? [];
          lives.delete(person);
          replaceStates(trx, row.address_hmac, 'sms', foldConsent(life.map(eventOf), { now: NOW, zone: ZONE }));
        }
      }
    });
  }
  writeMeta(db, HEAD_META, JSON.stringify({ id: events, seal: keyedSeal(KEY, prev) }));
  db.raw.pragma('wal_checkpoint(TRUNCATE)');
  return db;
}

const phoneOf = (i: number): string => `+1${2_125_000_000 + i}`;

/** The check as the app makes it: how long it took, and for how long it kept the thread at a time, 999 times in 1000. */
export async function timedCheck(
  db: Db,
): Promise<{ check: LedgerCheck; seconds: number; cpuSeconds: number; longTurnMs: number; peakMb: number }> {
  const turns: number[] = [];
  let peak = 0;
  let running = true;
  const watching = (async () => {
    // processor time: other work on the same machine must not count
    for (let at = process.cpuUsage(); running; ) {
      await nextTurn();
      const { user, system } = process.cpuUsage(at);
      turns.push((user + system) / 1000);
      at = process.cpuUsage();
    }
  })();
  const sample = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const check = await verifyLedger(db, { hmacKey: KEY, zone: ZONE, now: NOW });
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const cpuSeconds = (used.user + used.system) / 1e6;
  running = false;
  clearInterval(sample);
  await watching;
  turns.sort((a, b) => a - b);
  return { check, seconds, cpuSeconds, longTurnMs: turns[Math.floor(turns.length * 0.999)] ?? 0, peakMb: peak / 2 ** 20 };
}

/** Seconds a plain loop needs to hash the very same bytes, nothing read and nothing compared: a sample, over and over. */
export function plainHashing(db: Db, events: number): number {
  const texts = db
    .prepare(
      `SELECT json_array('regulars-consent-1', e.id, e.address_hmac, e.channel, e.purpose, e.kind, e.method, e.promise_max, e.topics, e.language,
        e.wording_hash, e.reason, e.staff_id, e.device, e.evidence_hash, e.occurred_at, e.recorded_at, e.prev_hash) AS t FROM consent_event e
       WHERE e.id % ? = 0
       UNION ALL SELECT json_array(v.salt, v.address, v.name, v.inbound_sid, v.inbound_text, NULL) FROM consent_evidence v WHERE v.event_id % ? = 0`,
    )
    .pluck()
    .all(100, 100) as string[];
  const started = performance.now();
  let n = 0;
  for (const wanted = events * 2; n < wanted; ) for (const t of texts) n += hash('sha256', t, 'hex').length > 0 ? 1 : 0;
  return (performance.now() - started) / 1000 / (n / (events * 2));
}
