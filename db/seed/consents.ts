import { evidenceHash, GENESIS, hashOf } from '@domain/consent/chain';
import type { ConsentEvent } from '@domain/consent/event';
import { addressHmac, keyedSeal } from '@domain/consent/hmac';
import { foldConsent, stateOf } from '@domain/consent/status';
import { wordingOf } from '@domain/consent/wording';
import { showPhone } from '@domain/customers/show-phone';
import type { PhoneE164, StaffId, UtcMs, Zone } from '@domain/kernel';
import { MINUTE } from '@domain/kernel';
import type { Db } from '../open';
import { insertEvent, insertEvidence, keepAddress, keepWording, replaceStates } from '../queries/consent';
import { writeMeta } from '../queries/settings';
import type { SeedDay } from './days';
import { instantOfVisit, type PastResult } from './past';
import type { SeedPerson } from './people';
import { DEMO_SHOP, SENDER } from './write';

interface Happening {
  readonly at: UtcMs;
  readonly person: number;
  readonly kind: 'signed-up' | 'stopped';
  readonly said: string | null;
}

/** Where people of the demo shop said yes: a share of a hundred each, the counter screen first. */
const PLACES = [
  { upTo: 54, method: 'screen', device: 'counter' },
  { upTo: 76, method: 'join-text', device: 'word:JOIN' },
  { upTo: 86, method: 'screen', device: 'display' },
  { upTo: 92, method: 'join-text', device: 'word:BAGCLUB' },
  { upTo: 97, method: 'paper', device: 'paper' },
  { upTo: 100, method: 'join-text', device: 'word:SLIPCLUB' },
] as const;
const placeOf = (person: number) => PLACES.find((p) => (person * 37 + 11) % 100 < p.upTo) ?? PLACES[0];

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
  options: { zone: Zone; now: UtcMs; hmacKey: Uint8Array; staff?: readonly StaffId[] },
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
  const shown = (language: 'en' | 'es', device: string) =>
    device.startsWith('word:')
      ? wordingOf('sign', language, DEMO_SHOP, PROMISE, { word: device.slice(5), number: showPhone(SENDER) })
      : wordingOf('sign-up', language, DEMO_SHOP, PROMISE);
  const devices = [...new Set(PLACES.map((p) => p.device))];
  const words = new Map((['en', 'es'] as const).flatMap((l) => devices.map((d) => [`${l} ${d}`, shown(l, d)] as const)));
  const ledgers = new Map<PhoneE164, { hmac: string; events: ConsentEvent[] }>();
  let mayBeTexted = 0;
  db.tx((trx) => {
    for (const w of words.values()) keepWording(trx, w, happenings[0]?.at ?? options.now);
    let prev = GENESIS;
    for (const [i, h] of happenings.entries()) {
      const p = people[h.person] as SeedPerson;
      const phone = p.phone as PhoneE164;
      const stop = h.kind === 'stopped';
      const place = placeOf(h.person);
      const byText = place.method === 'join-text';
      const staffId = stop || byText || !options.staff?.length ? null : (options.staff[h.person % options.staff.length] ?? null);
      const said = h.said ?? (byText ? place.device.slice(5) : null);
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
        method: stop ? ('reply' as const) : place.method,
        promise_max: stop ? null : PROMISE,
        topics: '[]',
        language: p.language,
        wording_hash: stop ? null : (words.get(`${p.language} ${place.device}`)?.hash ?? null),
        reason: stop ? 'carrier-stop exact' : null,
        staff_id: staffId,
        device: stop ? '' : place.device,
        evidence_hash: evidenceHash(salt, { address: phone, name, inboundSid: null, inboundText: said, photoHash: null }),
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
        inbound_text: said,
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
        staffId,
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
