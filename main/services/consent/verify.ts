import { hash } from 'node:crypto';
import type { Db } from '@db/open';
import { addressOf, allWordings, evidenceFor, ledgerHead } from '@db/queries/consent';
import { bookPage, type ChainLine, chainLines, chainRow, erasedHmacs, strayEvidence } from '@db/queries/consent-verify';
import { boxOf } from '@db/queries/evidence';
import { readMeta } from '@db/queries/settings';
import { canonical, evidenceHash, GENESIS } from '@domain/consent/chain';
import { addressHmac, keyedSeal } from '@domain/consent/hmac';
import type { UtcMs, Zone } from '@domain/kernel';
import { proofCutoff } from '@domain/privacy/retention';
import { nextTurn } from '../chunks';
import { openProof } from '../privacy/seal';
import { HEAD_META } from './ledger';
import { checkStates, PAGE } from './verify-states';

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

export interface VerifyOptions {
  hmacKey: Uint8Array;
  zone: Zone;
  now: UtcMs;
  signal?: AbortSignal;
  /** Events looked at so far, of the two walks together. */
  onProgress?: (done: number, total: number) => void;
}

const MOST = 20;
const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'hex');

/**
 * Checks the whole ledger: every hash and link, evidence against its salted hash (sealed evidence is gone on purpose, which only an
 * erasure or its age explains), every number against its HMAC, wording against its hash, the end against the sealed head, and the kept
 * states against a fresh fold. Gives way to other work between pages; memory does not grow with the ledger.
 */
export async function verifyLedger(db: Db, o: VerifyOptions): Promise<LedgerCheck> {
  const faults: LedgerFault[] = [];
  const add = (what: LedgerFault['what'], eventId: number | null) => {
    if (faults.length < MOST) faults.push({ what, eventId });
  };
  const last = ledgerHead(db);
  const total = (last?.id ?? 0) * 2;
  const turn = async (done: number) => {
    o.signal?.throwIfAborted();
    o.onProgress?.(done, total);
    await nextTurn();
  };
  const { count, head, shown } = await checkChain(db, o, last?.id ?? 0, add, turn);
  const stray = count === (last?.id ?? 0) ? strayEvidence(db, ledgerHead(db)?.id ?? 0) : null;
  if (stray !== null) add('evidence', stray);
  if (!headHolds(db, o.hmacKey, last)) add('cut-off', last?.id ?? null);
  checkWordings(db, shown, add);
  await checkStates(db, o, add, (walked) => turn(count + walked));
  await checkBook(db, o, add, () => turn(total));
  return { ok: faults.length === 0, events: count, head, faults };
}

export type Add = (what: LedgerFault['what'], eventId: number | null) => void;
export type Turn = (done: number) => Promise<void>;

interface Walk {
  count: number;
  head: string;
  /** Hashes of every wording somebody was shown. */
  shown: Set<string>;
}

/** In the order in which it was written: hash, link, number, proof of each event. Ends at the first break: after it nothing can be told. */
async function checkChain(db: Db, o: VerifyOptions, upTo: number, add: Add, turn: Turn): Promise<Walk> {
  const hmacOf = hmacWith(o.hmacKey);
  const erased = erasedHmacs(db);
  const cutoff = proofCutoff(o.now, o.zone);
  const shown = new Set<string>();
  let prev = GENESIS;
  let count = 0;
  for (;;) {
    const page = chainLines(db, count, upTo, PAGE);
    for (const line of page) {
      const [id, prevHash, hashed, text, , hmac, recordedAt, hasEvidence, sealedAt, open, , wording, address] = line;
      // told apart field by field before it is called changed
      if (sha256(text) !== hashed && sha256(canonical(chainRow(db, id))) !== hashed) {
        add('changed', id);
        return { count, head: prev, shown };
      }
      if (prevHash !== prev || id !== count + 1) {
        add(prevHash !== prev ? 'broken-link' : 'missing', id);
        return { count, head: prev, shown };
      }
      if (hasEvidence === 0) add('evidence-missing', id);
      else if (
        sealedAt === null
          ? !proofHolds(db, line)
          : open === 1 || !(erased.has(hmac) || recordedAt < cutoff || boxHolds(db, o.hmacKey, line))
      )
        add('evidence', id);
      // both were hashed together: one in each page shows whether this is the key they were made with, `checkBook` looks at every number
      if (line === page[0] && address !== null && hmacOf(address) !== hmac) add('wrong-number', id);
      if (wording !== null) shown.add(wording);
      prev = hashed;
      count++;
    }
    if (page.length < PAGE) break;
    await turn(count);
  }
  return { count, head: prev, shown };
}

/** HMAC-SHA256 by its definition (RFC 2104) over the runtime's one-shot hash: a million of them, without an object for each. */
function hmacWith(key: Uint8Array): (address: string) => string {
  const block = Buffer.alloc(64);
  block.set(key.length > 64 ? hash('sha256', key, 'buffer') : key);
  const inner = Buffer.alloc(64 + 1024);
  const outer = Buffer.alloc(64 + 32);
  for (let i = 0; i < 64; i++) {
    inner[i] = (block[i] ?? 0) ^ 0x36;
    outer[i] = (block[i] ?? 0) ^ 0x5c;
  }
  return (address) => {
    if (address.length > 256) return addressHmac(key, address);
    const end = 64 + inner.write(address, 64, 'utf8');
    hash('sha256', inner.subarray(0, end), 'buffer').copy(outer, 64);
    return hash('sha256', outer, 'hex');
  };
}

/** The plain numbers kept beside their HMACs: a wrong one would hide a stop from whoever looks it up. */
async function checkBook(db: Db, o: VerifyOptions, add: Add, turn: () => Promise<void>): Promise<void> {
  const hmacOf = hmacWith(o.hmacKey);
  for (let after = ''; ; ) {
    const page = bookPage(db, after, PAGE);
    for (const b of page) if (hmacOf(b.address) !== b.hmac) add('wrong-number', null);
    const end = page.at(-1);
    if (!end || page.length < PAGE) return;
    after = end.address;
    await turn();
  }
}

/** Whether what stands beside an event is what was hashed with it. */
function proofHolds(db: Db, line: ChainLine): boolean {
  const [id, , , , expected, , , , , , text] = line;
  if (text !== null && sha256(text) === expected) return true;
  const e = evidenceFor(db, id, id).get(id);
  if (!e) return false;
  const photoHash = e.photo ? sha256(e.photo) : null;
  const proof = { address: e.address, name: e.name, inboundSid: e.inbound_sid, inboundText: e.inbound_text, photoHash };
  return evidenceHash(e.salt, proof) === expected;
}

/** Locked away though the number is still somebody's (one of a family was erased): what is in the box must be what was hashed. */
function boxHolds(db: Db, key: Uint8Array, line: ChainLine): boolean {
  const [id, , , , expected, hmac] = line;
  const address = addressOf(db, hmac);
  const box = boxOf(db, id);
  const proof = address !== null && box !== null ? openProof(key, address, box) : null;
  if (proof === null) return false;
  const photoHash = proof.photo === null ? null : sha256(Buffer.from(proof.photo, 'base64'));
  return evidenceHash(proof.salt, { ...proof, photoHash }) === expected;
}

function checkWordings(db: Db, shown: ReadonlySet<string>, add: Add): void {
  const wordings = new Set<string>();
  for (const w of allWordings(db)) {
    wordings.add(w.hash);
    if (sha256(w.text) !== w.hash) add('wording', null);
  }
  for (const one of shown) if (!wordings.has(one)) add('wording', null);
}

/** The newest event must be the one whose hash was sealed with the shop's key when it was written. */
function headHolds(db: Db, key: Uint8Array, last: { id: number; hash: string } | null): boolean {
  const meta = readMeta(db, HEAD_META);
  if (meta === null) return last === null;
  if (last === null) return false;
  let sealed: { id: number; seal: string };
  try {
    sealed = JSON.parse(meta) as { id: number; seal: string };
  } catch {
    return false;
  }
  // written on while we were reading: older pages were still checked link by link
  if (sealed.id > last.id) return ledgerHead(db)?.id === sealed.id;
  return sealed.id === last.id && sealed.seal === keyedSeal(key, last.hash);
}
