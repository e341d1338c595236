import type { Db } from '@db/open';
import {
  allWordings,
  askedLeftAt,
  eventsOf,
  evidenceFor,
  ledgerAddresses,
  ledgerHead,
  ledgerPage,
  statesOf,
  wordingsShown,
} from '@db/queries/consent';
import { readMeta } from '@db/queries/settings';
import { ChainVerifier, evidenceHash } from '@domain/consent/chain';
import { addressHmac, keyedSeal, sha256Hex } from '@domain/consent/hmac';
import { foldConsent } from '@domain/consent/status';
import type { UtcMs, Zone } from '@domain/kernel';
import { HEAD_META } from './ledger';

export interface LedgerFault {
  what: 'changed' | 'broken-link' | 'missing' | 'evidence' | 'evidence-missing' | 'wrong-number' | 'wording' | 'state' | 'cut-off';
  eventId: number | null;
}
export interface LedgerCheck {
  ok: boolean;
  events: number;
  /** Hash of the newest event; print it with the evidence page. */
  head: string;
  /** At most 20. */
  faults: LedgerFault[];
}

const PAGE = 500;
const MOST = 20;
const nextTurn = (): Promise<void> => new Promise((r) => setImmediate(r));

/**
 * Checks the whole ledger: every hash and link, evidence against its salted hash (sealed evidence is skipped: it is gone on
 * purpose), wording against its hash, the end against the sealed head, and the kept states against a fresh fold. Gives way to
 * other work between pages.
 */
export async function verifyLedger(db: Db, o: { hmacKey: Uint8Array; zone: Zone; now: UtcMs }): Promise<LedgerCheck> {
  const faults: LedgerFault[] = [];
  const add = (what: LedgerFault['what'], eventId: number | null) => {
    if (faults.length < MOST) faults.push({ what, eventId });
  };
  const last = ledgerHead(db);
  const chain = new ChainVerifier();
  for (let after = 0, broken = false; !broken; ) {
    const page = ledgerPage(db, after, PAGE).filter((r) => r.id <= (last?.id ?? 0));
    const first = page[0];
    const end = page.at(-1);
    if (!first || !end) break;
    const proofs = evidenceFor(db, first.id, end.id);
    for (const row of page) {
      const fault = chain.take(row);
      if (fault) {
        add(fault.what, fault.id);
        broken = true;
        break;
      }
      const e = proofs.get(row.id);
      if (!e) add('evidence-missing', row.id);
      else if (e.sealed_at === null) {
        const proof = {
          address: e.address,
          name: e.name,
          inboundSid: e.inbound_sid,
          inboundText: e.inbound_text,
          photoHash: e.photo ? sha256Hex(e.photo) : null,
        };
        if (evidenceHash(e.salt, proof) !== row.evidence_hash) add('evidence', row.id);
        else if (e.address !== null && addressHmac(o.hmacKey, e.address) !== row.address_hmac) add('wrong-number', row.id);
      }
    }
    after = end.id;
    await nextTurn();
  }
  if (!headHolds(db, o.hmacKey, last)) add('cut-off', last?.id ?? null);
  const wordings = new Set<string>();
  for (const w of allWordings(db)) {
    wordings.add(w.hash);
    if (sha256Hex(w.text) !== w.hash) add('wording', null);
  }
  for (const hash of wordingsShown(db)) if (!wordings.has(hash)) add('wording', null);
  for (let after = ''; ; ) {
    const page = ledgerAddresses(db, after, PAGE);
    for (const hmac of page) {
      for (const channel of ['sms', 'email'] as const) {
        if (!statesHold(db, hmac, channel, o)) add('state', eventsOf(db, hmac, channel).at(-1)?.id ?? null);
      }
    }
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) break;
    after = end;
    await nextTurn();
  }
  return { ok: faults.length === 0, events: chain.count, head: chain.head, faults };
}

/** The newest event must be the one whose hash was sealed with the shop's key when it was written. */
function headHolds(db: Db, key: Uint8Array, last: { id: number; hash: string } | null): boolean {
  const meta = readMeta(db, HEAD_META);
  if (meta === null) return last === null;
  if (last === null) return false;
  const sealed = JSON.parse(meta) as { id: number; seal: string };
  // written on while we were reading: older pages were still checked link by link
  if (sealed.id > last.id) return ledgerHead(db)?.id === sealed.id;
  return sealed.id === last.id && sealed.seal === keyedSeal(key, last.hash);
}

function statesHold(db: Db, hmac: string, channel: 'sms' | 'email', o: { zone: Zone; now: UtcMs }): boolean {
  const events = eventsOf(db, hmac, channel);
  const asked = events.filter((e) => e.kind === 'asked').map((e) => e.id);
  const folded = foldConsent(events, { now: o.now, zone: o.zone, askedLeftAt: askedLeftAt(db, asked) });
  const kept = new Map(statesOf(db, hmac, channel).map((s) => [s.purpose, s]));
  if (kept.size !== folded.length) return false;
  return folded.every((f) => {
    const k = kept.get(f.purpose);
    if (!k) return false;
    // an end that has passed may not be written down yet
    const late = (k.state === 'hold' && f.state === 'out') || (k.state === 'pending' && f.state === 'never');
    return late || (k.state === f.state && k.promiseMax === f.promiseMax && k.eventId === f.eventId && k.carrierStop === f.carrierStop);
  });
}
