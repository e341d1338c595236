import { randomBytes as systemRandom } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Trx } from '@db/open';
import { addressOf } from '@db/queries/consent';
import { type Erased, eraseAddresses, eraseRows, makeNameless, textLeaving, type WhoGoes, whoGoes, wipeDeleted } from '@db/queries/erase';
import { sealEvidence } from '@db/queries/evidence';
import { importsIn, unfinishedImport } from '@db/queries/imports';
import { auditCount, type ErasureFact, findErasure, hasErasure, insertErasure, isKnown, namelessOf, proofOf } from '@db/queries/privacy';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { addressHmac } from '@domain/consent/hmac';
import { AppError } from '@domain/errors';
import type { CustomerId, ImportId, PhoneE164, StaffId, TaskId, UtcMs, Zone } from '@domain/kernel';
import type { Certificate, KeptKind, RemovedKind } from '@domain/privacy/erased';
import { addMonths, proofUntil } from '@domain/privacy/retention';
import { backupState } from '../backups/backups';
import { recordEmailStop } from '../consent/email';
import { journalWith, withConsent } from '../consent/ledger';
import { recordStop } from '../consent/record';
import type { Ctx, Session } from '../ctx';
import { discardImport } from '../imports/preview';
import { finishErasure } from './finish';
import { forgetProblems } from './problems';
import { sealProof } from './seal';

/** What will go, what stays and why; nothing is changed. */
export interface ErasePreview {
  customerId: CustomerId;
  name: string;
  phone: PhoneE164 | null;
  certificate: Certificate;
  /** Numbers and e-mails that stay because somebody else has them too. */
  shared: string[];
  /** A previewed import waits with their data in it: it is thrown away and made again. */
  previews: number;
}

class Undo extends Error {}

const clean = <K extends string>(counts: Partial<Record<K, number>>): Partial<Record<K, number>> =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => Number(n) > 0)) as Partial<Record<K, number>>;

const hmacsOf = (hmacKey: Uint8Array, who: Pick<WhoGoes, 'phones' | 'emails'>): string[] =>
  [...who.phones, ...who.emails].map((a) => addressHmac(hmacKey, a));

/** The till's own id of somebody, as it is recognised after they were erased. */
export const tillHmac = (hmacKey: Uint8Array, t: { source: string; id: string }): string =>
  addressHmac(hmacKey, `till\n${t.source}\n${t.id}`);

function newNameless(ctx: Pick<Ctx, 'db' | 'randomBytes'>): number {
  for (;;) {
    const b = Buffer.from(ctx.randomBytes(6));
    const id = -(1 + (b.readUIntBE(0, 6) % 999_999_999_999));
    if (!ctx.db.prepare('SELECT 1 FROM customer WHERE id = ?').get(id)) return id;
  }
}

/** A short name of a certificate: twelve signs people can read aloud. */
const SIGNS = '23456789ABCDEFGHJKMNPQRTVWXYZ';
function newSerial(ctx: Pick<Ctx, 'randomBytes'>): string {
  let out = '';
  while (out.length < 12) for (const b of ctx.randomBytes(16)) if (b < 232 && out.length < 12) out += SIGNS[b % 29];
  return out.replace(/(.{4})(?=.)/g, '$1-');
}

function certificateOf(ctx: Ctx, who: WhoGoes, erased: Erased, proof: ReturnType<typeof proofOf>, now: UtcMs, again: boolean): Certificate {
  const zone = ctx.settings().shop.zone;
  const copies = backupState(ctx).files;
  const kept: Partial<Record<KeptKind, number>> = {
    purchases: erased.purchases,
    results: erased.results,
    redemptions: erased.redemptions,
    stops: who.phones.length + who.emails.length,
    events: proof.events,
    sealed: proof.open,
    shared: who.shared.length,
    audit: auditCount(
      ctx.db,
      who.ids.map((i) => i.id),
    ),
  };
  return {
    v: 1,
    day: shopDay(now, zone),
    removed: clean<RemovedKind>(erased.removed),
    kept: clean(kept),
    proofUntil: proof.events > 0 ? proofUntil(proof.lastAt ?? now, zone) : null,
    // daily, weekly, monthly: the last copy with them goes after twelve months at most (domain/backups/retention.ts)
    backups: { copies: copies.length, until: copies.length ? addMonths(shopDay(now, zone), 13) : null, aside: asideIn(ctx.dir) },
    again,
  };
}

/** Files of the shop folder that hold the shop as it was and that nothing takes away by itself. */
function asideIn(dir: string): number {
  const here = readdirSync(dir).filter((f) => /^shop-(before-restore|damaged)-.*\.sqlite$/.test(f)).length;
  const backups = join(dir, 'backups');
  return here + (existsSync(backups) ? readdirSync(backups).filter((f) => f.startsWith('before-update-')).length : 0);
}

function refuse(ctx: Ctx, who: WhoGoes): void {
  const busy = unfinishedImport(ctx.db, 0 as ImportId);
  if (busy) throw new AppError('task.already-running', { kind: `import.${busy}` });
  if (textLeaving(ctx.db, who)) throw new AppError('privacy.text-leaving');
}

function found(ctx: Ctx, id: CustomerId): WhoGoes {
  const who = id > 0 ? whoGoes(ctx.db, id) : null;
  if (!who) throw new AppError('customer.not-found');
  return who;
}

/**
 * What erasing a person would take and leave: counted by doing it and taking it back.
 * @throws AppError customer.not-found
 */
export function erasePreview(ctx: Ctx, id: CustomerId): ErasePreview {
  const who = found(ctx, id);
  const now = ctx.clock.now();
  const before = proofOf(ctx.db, hmacsOf(ctx.hmacKey, who), [...who.phones, ...who.emails]);
  // the erasure itself is written down as a stop of each
  const stops = who.phones.length + who.emails.length;
  const proof = { ...before, events: before.events + stops, open: before.open + stops };
  let erased: Erased | null = null;
  try {
    ctx.db.tx((trx) => {
      erased = eraseRows(trx, who, newNameless(ctx), now);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  const counts = erased as unknown as Erased;
  return {
    customerId: id,
    name: `${who.record['first_name'] ?? ''} ${who.record['last_name'] ?? ''}`.trim() || String(who.record['company'] ?? ''),
    phone: who.record['phone'] as PhoneE164 | null,
    certificate: certificateOf(ctx, who, counts, proof, now, false),
    shared: who.shared.map((s) => s.value),
    previews: importsIn(ctx.db, ['previewed']).length,
  };
}

/**
 * Erases somebody (rules.md §1): what names them goes, their number stays stopped under its HMAC, proof is sealed, what they bought
 * stays under a random id. The rest (search index, journal, freed pages) is cleaned by a task that goes on after a crash.
 * @throws AppError customer.not-found | privacy.text-leaving | task.already-running
 */
export function erasePerson(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { id: CustomerId; againOf?: number | null },
): { erasureId: number; task: TaskId } {
  const who = found(ctx, input.id);
  refuse(ctx, who);
  for (const row of importsIn(ctx.db, ['previewed'])) discardImport(ctx, row.id);
  forgetProblems(ctx, who);
  const erasureId = eraseNow(ctx, session.staffId, who, input.againOf ?? null);
  const task = ctx.tasks.start('privacy.erase', 'Erasing the last traces', (_, signal) => finishErasure(ctx, erasureId, signal));
  ctx.changed('customers', 'consent', 'inbox', 'outbox', 'offers', 'reports', 'imports', 'campaigns');
  return { erasureId, task };
}

/** The one transaction of an erasure; also when a till file has brought somebody again. */
export function eraseNow(ctx: Ctx, staffId: StaffId | null, who: WhoGoes, againOf: number | null): number {
  const now = ctx.clock.now();
  const nameless = (againOf === null ? null : namelessOf(ctx.db, againOf)) ?? newNameless(ctx);
  wipeDeleted(ctx.db, true);
  return withConsent(ctx, (trx) => {
    for (const phone of who.phones) {
      recordStop(ctx, trx, { phone: phone as PhoneE164, method: 'owner', reason: 'erased', carrierStop: false, staffId, occurredAt: now });
    }
    for (const email of who.emails) recordEmailStop(ctx, trx, { email, method: 'owner', reason: 'erased', staffId, occurredAt: now });
    const hmacs = hmacsOf(ctx.hmacKey, who);
    const proof = proofOf(trx, hmacs, [...who.phones, ...who.emails]);
    const erased = eraseRows(trx, who, nameless, now);
    for (const hmac of hmacs) seal(trx, ctx.hmacKey, hmac, now, ctx.randomBytes);
    const events = sealShared(ctx, trx, who, now);
    const fact: ErasureFact = {
      serial: newSerial(ctx),
      at: now,
      staffId,
      namelessId: nameless,
      certificate: certificateOf(ctx, who, erased, proof, now, againOf !== null),
      againOf,
      ids: who.ids,
      ...(events.length > 0 && { events }),
      keys: [
        ...who.phones.map((a) => ({ kind: 'sms' as const, hmac: addressHmac(ctx.hmacKey, a) })),
        ...who.emails.map((a) => ({ kind: 'email' as const, hmac: addressHmac(ctx.hmacKey, a) })),
        ...who.tillIds.map((t) => ({ kind: 'till' as const, hmac: tillHmac(ctx.hmacKey, t) })),
      ],
    };
    const id = insertErasure(trx, fact) as number;
    audit(trx, { at: now, staffId, action: 'customer.erased', subject: String(who.id), detail: { certificate: fact.serial } });
    journalWith(ctx, { kind: 'erased', at: now, row: { ...fact } });
    return id;
  });
}

/** Locks away what stands beside the ledger's events of a number; events of that number stay and stay verifiable. */
function seal(
  trx: Trx,
  hmacKey: Uint8Array,
  hmac: string,
  now: UtcMs,
  random: (n: number) => Uint8Array,
  only?: Parameters<typeof sealEvidence>[4],
): void {
  const box = (e: Parameters<Parameters<typeof sealEvidence>[3]>[0]) =>
    e.address === null
      ? null
      : sealProof(
          hmacKey,
          e.address,
          {
            salt: e.salt,
            address: e.address,
            name: e.name,
            inboundSid: e.inbound_sid,
            inboundText: e.inbound_text,
            photo: e.photo ? Buffer.from(e.photo).toString('base64') : null,
          },
          random,
        );
  sealEvidence(trx, hmac, now, box, only);
}

/** Of a number that stays with the family: only what stands there in the erased person's name. Returns which events those were. */
function sealShared(ctx: Ctx, trx: Trx, who: WhoGoes, now: UtcMs): NonNullable<ErasureFact['events']> {
  const [first, last] = ['first_name', 'last_name'].map((c) => String(who.record[c] ?? '').trim());
  const names = new Set([first, `${first} ${last}`.trim()].filter((n) => n !== ''));
  const events: NonNullable<ErasureFact['events']> = [];
  for (const s of who.shared) {
    const hmac = addressHmac(ctx.hmacKey, s.value);
    seal(trx, ctx.hmacKey, hmac, now, ctx.randomBytes, (e) => {
      const theirs = e.name !== null && names.has(e.name);
      if (theirs) events.push({ hmac, proof: e.evidence_hash });
      return theirs;
    });
  }
  return events;
}

/**
 * After a restore: a copy made before the erasure names them again, also as records merged since. Each is recognised by its id and
 * the moment it was made, addresses by their HMAC; what belongs to others in the copy stays theirs.
 */
export function replayErased(trx: Trx, hmacKey: Uint8Array, fact: ErasureFact, now: UtcMs): boolean {
  if (hasErasure(trx, fact.serial)) return false;
  for (const { id, madeAt } of fact.ids) {
    const who = whoGoes(trx, id as CustomerId);
    if (who && madeAt.includes(Number(who.record['created_at']))) eraseRows(trx, who, fact.namelessId, now);
  }
  const left: string[] = [];
  for (const k of fact.keys) {
    if (k.kind === 'till') continue;
    const address = addressOf(trx, k.hmac);
    if (address !== null && !isKnown(trx, k.kind === 'sms' ? 'phone' : 'email', address)) left.push(address);
    if (address === null || left.includes(address)) seal(trx, hmacKey, k.hmac, now, systemRandom);
  }
  for (const { hmac, proof } of fact.events ?? []) seal(trx, hmacKey, hmac, now, systemRandom, (e) => e.evidence_hash === proof);
  makeNameless(trx, fact.namelessId, now);
  eraseAddresses(trx, left, 0, fact.namelessId, now);
  return insertErasure(trx, { ...fact, againOf: null }) !== null;
}

/** A certificate to look at or print again. */
export function certificate(ctx: Ctx, id: number) {
  const row = findErasure(ctx.db, id);
  if (!row) throw new AppError('privacy.not-found');
  return { ...row, zone: ctx.settings().shop.zone as Zone };
}
