import { evidenceHash, GENESIS, hashOf } from '@domain/consent/chain';
import type { ConsentEvent } from '@domain/consent/event';
import { addressHmac } from '@domain/consent/hmac';
import { foldConsent } from '@domain/consent/status';
import { wordingOf } from '@domain/consent/wording';
import type { PhoneE164, UtcMs, Zone } from '@domain/kernel';
import { MINUTE } from '@domain/kernel';
import type { Db } from '../open';
import type { SeedDay } from './days';
import { instantOfVisit, type PastResult } from './past';
import type { SeedPerson } from './people';
import { DEMO_SHOP } from './write';

interface Happening {
  readonly at: UtcMs;
  readonly person: number;
  readonly kind: 'signed-up' | 'stopped';
  readonly said: string | null;
}

/** Texts a month the demo shop promises. */
const PROMISE = 4;

/**
 * Everybody's permissions as the counter and the replies would have written them: one ledger in order of time, its hashes
 * chained, evidence beside it, the folded state per number. Returns how many may be texted.
 */
export function writeConsents(
  db: Db,
  people: readonly SeedPerson[],
  results: readonly PastResult[],
  days: readonly SeedDay[],
  options: { zone: Zone; now: UtcMs; hmacKey: Uint8Array },
): number {
  const happenings: Happening[] = [];
  for (const [person, p] of people.entries()) {
    if (p.signedUp === null) continue;
    const visit = p.visits.find((v) => Math.floor(v / 1440) === p.signedUp) ?? p.signedUp * 1440 + 720;
    happenings.push({ at: (instantOfVisit(visit, days) + 4 * MINUTE) as UtcMs, person, kind: 'signed-up', said: null });
  }
  for (const r of results) {
    for (const reply of r.replies) {
      if (reply.meaning === 'opt-out' && reply.at < options.now)
        happenings.push({ at: reply.at, person: reply.person, kind: 'stopped', said: reply.body });
    }
  }
  happenings.sort((a, b) => a.at - b.at || a.person - b.person);
  const wording = db.raw.prepare('INSERT INTO wording (hash, kind, language, version, text, created_at) VALUES (?, ?, ?, ?, ?, ?)');
  const event =
    db.raw.prepare(`INSERT INTO consent_event (id, address_hmac, channel, purpose, kind, method, promise_max, topics, language, wording_hash,
    reason, staff_id, device, evidence_hash, occurred_at, recorded_at, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const evidence = db.raw.prepare('INSERT INTO consent_evidence (event_id, salt, address, name, inbound_text) VALUES (?, ?, ?, ?, ?)');
  const state =
    db.raw.prepare(`INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, expires_at, event_id, carrier_stop)
    VALUES (?, 'sms', ?, ?, ?, ?, ?, ?, ?)`);
  const address = db.raw.prepare('INSERT INTO address_book (address, address_hmac) VALUES (?, ?)');
  const words = {
    en: wordingOf('sign-up', 'en', DEMO_SHOP, PROMISE),
    es: wordingOf('sign-up', 'es', DEMO_SHOP, PROMISE),
  };
  const ledgers = new Map<PhoneE164, { hmac: string; events: ConsentEvent[] }>();
  let mayBeTexted = 0;
  db.tx(() => {
    for (const w of Object.values(words)) wording.run(w.hash, w.kind, w.language, w.version, w.text, happenings[0]?.at ?? options.now);
    let prev = GENESIS;
    for (const [i, h] of happenings.entries()) {
      const p = people[h.person] as SeedPerson;
      const phone = p.phone as PhoneE164;
      const stop = h.kind === 'stopped';
      const ledger = ledgers.get(phone) ?? { hmac: addressHmac(options.hmacKey, phone), events: [] };
      ledgers.set(phone, ledger);
      const salt = `demo-${i + 1}`;
      const name = `${p.firstName} ${p.lastName}`;
      const row = {
        id: i + 1,
        address_hmac: ledger.hmac,
        channel: 'sms' as const,
        purpose: stop ? ('all' as const) : ('marketing' as const),
        kind: h.kind,
        method: stop ? ('reply' as const) : ('screen' as const),
        promise_max: stop ? null : PROMISE,
        topics: '[]',
        language: p.language,
        wording_hash: stop ? null : words[p.language].hash,
        reason: stop ? 'carrier-stop exact' : null,
        staff_id: null,
        device: stop ? '' : 'counter',
        evidence_hash: evidenceHash(salt, { address: phone, name, inboundSid: null, inboundText: h.said, photoHash: null }),
        occurred_at: h.at,
        recorded_at: h.at,
        prev_hash: prev,
      };
      prev = hashOf(row);
      event.run(...Object.values(row), prev);
      evidence.run(row.id, salt, phone, name, h.said);
      ledger.events.push({
        id: row.id,
        channel: row.channel,
        purpose: row.purpose,
        kind: row.kind,
        method: row.method,
        promiseMax: row.promise_max,
        topics: [],
        language: row.language,
        wordingHash: row.wording_hash,
        reason: row.reason,
        staffId: null,
        occurredAt: h.at,
        recordedAt: h.at,
      });
    }
    for (const [phone, { hmac, events }] of ledgers) {
      address.run(phone, hmac);
      for (const s of foldConsent(events, options)) {
        state.run(hmac, s.purpose, s.state, s.promiseMax, s.since, s.expiresAt, s.eventId, s.carrierStop ? 1 : 0);
        if (s.purpose === 'marketing' && s.state === 'in') mayBeTexted++;
      }
    }
  });
  return mayBeTexted;
}
