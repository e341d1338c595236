import { evidenceHash, GENESIS, hashOf } from '@domain/consent/chain';
import type { ConsentEvent } from '@domain/consent/event';
import { addressHmac, keyedSeal } from '@domain/consent/hmac';
import { foldConsent, stateOf } from '@domain/consent/status';
import { wordingOf } from '@domain/consent/wording';
import type { PhoneE164, UtcMs, Zone } from '@domain/kernel';
import { MINUTE } from '@domain/kernel';
import type { Db } from '../open';
import { insertEvent, insertEvidence, keepAddress, keepWording, replaceStates } from '../queries/consent';
import { writeMeta } from '../queries/settings';
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
  const words = {
    en: wordingOf('sign-up', 'en', DEMO_SHOP, PROMISE),
    es: wordingOf('sign-up', 'es', DEMO_SHOP, PROMISE),
  };
  const ledgers = new Map<PhoneE164, { hmac: string; events: ConsentEvent[] }>();
  let mayBeTexted = 0;
  db.tx((trx) => {
    for (const w of Object.values(words)) keepWording(trx, w, happenings[0]?.at ?? options.now);
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
      insertEvent(trx, { ...row, hash: prev });
      insertEvidence(trx, {
        event_id: row.id,
        salt,
        address: phone,
        name,
        inbound_sid: null,
        inbound_text: h.said,
        photo: null,
        sealed_at: null,
      });
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
    if (happenings.length > 0)
      writeMeta(trx, 'consent-head', JSON.stringify({ id: happenings.length, seal: keyedSeal(options.hmacKey, prev) }));
    for (const [phone, { hmac, events }] of ledgers) {
      keepAddress(trx, phone, hmac);
      const states = foldConsent(events, options);
      replaceStates(trx, hmac, 'sms', states);
      if (stateOf(states, 'marketing') === 'in') mayBeTexted++;
    }
  });
  return mayBeTexted;
}
