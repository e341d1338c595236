import { stopTable } from '@backend/stop-table';
import { Db } from '@db/open';
import { addressHmac } from '@domain/consent/hmac';
import { type ConsentState, stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import { type CustomerId, DAY, HOUR, type ImportId, type PhoneE164, type StaffId, type UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { replayJournal } from '@services/backups/replay';
import { attestImport, undoAttest } from '@services/consent/attest';
import {
  consentOf,
  recordDoubleOptInAsked,
  recordNewHolder,
  recordPreferences,
  recordSignUp,
  recordStop,
  releaseHold,
  sweepConsent,
  withConsent,
} from '@services/consent/index';
import { importStopList, previewStopList } from '@services/consent/stop-list';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { decideHold, takeInbound } from '@services/inbox';
import { erasePerson } from '@services/privacy/erase';
import BetterSqlite3 from 'better-sqlite3';
import { aFile, importFile, undo } from './imports';
import { aCtx, owner, type TestCtx } from './test-ctx';

/** The numbers a run is about, each also in other spellings. */
export const NUMBERS: readonly PhoneE164[] = ['+12125550111', '+12125550122', '+12125550133'] as PhoneE164[];
const SPELLINGS = [
  (p: string) => p,
  (p: string) => `(${p.slice(2, 5)}) ${p.slice(5, 8)}-${p.slice(8)}`,
  (p: string) => `${p.slice(2, 5)}.${p.slice(5, 8)}.${p.slice(8)}`,
];

/** Everything that can happen to a number. `own` = the customer's own act, which alone may end a stop. */
export const ACTS = {
  'signs up on the screen': { own: true },
  'texts JOIN': { own: true },
  'texts START': { own: true },
  'texts Y': { own: true },
  'texts STOP': { own: true },
  'texts that they want no more': { own: true },
  'texts something that may be a stop': { own: true },
  'texts about boots': { own: true },
  'chooses on the screen': { own: true },
  'clerk signs them up': { own: false },
  'clerk writes a stop': { own: false },
  'clerk writes preferences': { own: false },
  'owner writes preferences': { own: false },
  'owner says it was no stop': { own: false },
  'owner decides it was a stop': { own: false },
  'owner releases a hold that is none': { own: false },
  'carrier refuses the number': { own: false },
  'file says yes and the owner vouches': { own: false },
  'file says no': { own: false },
  'vouching is taken back': { own: false },
  'import is undone': { own: false },
  'stop list': { own: false },
  'two people are merged': { own: false },
  'the merge is undone': { own: false },
  'person is erased': { own: false },
  'number has a new holder': { own: false },
  'backup is brought back': { own: false },
  'copy is made': { own: false },
  'ten days pass': { own: false },
  'two years pass': { own: false },
} as const;
export type Act = keyof typeof ACTS;
export interface Step {
  act: Act;
  /** Which number, and which spelling of it. */
  who: number;
  how: number;
}

const COLUMNS = { kind: 'customers', till: 'list', columns: { firstName: [0], phone: [1], smsConsent: [2] } } as const;
const statement = {
  method: 'paper',
  detail: 'Club cards at the counter',
  fromDay: '2025-03-01',
  toDay: '2026-02-28',
  wording: 'Yes, text me offers from Corner Shoes. Reply STOP to end.',
} as const;

/** A shop in which anything can happen in any order: the real services on real SQLite, restored copies with their journal. */
export class ConsentShop {
  ctx: TestCtx = aCtx({ settings: { texting: { customStopWords: [] } } });
  private copy: Buffer | null = null;
  private sids = 0;
  private readonly imports: ImportId[] = [];
  private readonly merges: number[] = [];

  state(phone: PhoneE164): ConsentState {
    return stateOf(consentOf(this.ctx.db, this.ctx.hmacKey, phone, this.ctx.clock.now()), 'marketing');
  }

  /** Topics and other purposes that may be texted now. */
  openPurposes(phone: PhoneE164): string[] {
    return consentOf(this.ctx.db, this.ctx.hmacKey, phone, this.ctx.clock.now())
      .filter((s) => s.state === 'in')
      .map((s) => s.purpose);
  }

  hmac(phone: PhoneE164): string {
    return addressHmac(this.ctx.hmacKey, phone);
  }

  later(ms: number): void {
    this.ctx.clock.set((this.ctx.clock.now() + ms) as UtcMs);
  }

  /** Refusals are answers, not failures. */
  async step(s: Step): Promise<void> {
    this.later(HOUR);
    try {
      await this.act(s.act, NUMBERS[s.who % NUMBERS.length] as PhoneE164, s);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  private async texts(phone: PhoneE164, body: string): Promise<void> {
    const now = this.ctx.clock.now();
    const message: CarrierMessage = {
      sid: `SM${String(++this.sids).padStart(32, '0')}`,
      direction: 'inbound',
      from: phone,
      to: '+12125550140',
      messagingServiceSid: null,
      body,
      status: 'received',
      errorCode: null,
      segments: 1,
      price: null,
      priceCurrency: null,
      createdAt: now,
      sentAt: now,
      updatedAt: now,
    };
    await takeInbound(this.ctx, [message]);
  }

  private person(phone: PhoneE164): CustomerId | null {
    return (
      (this.ctx.db.prepare('SELECT id FROM customer WHERE phone = ? AND id > 0 ORDER BY id LIMIT 1').pluck().get(phone) as CustomerId) ??
      null
    );
  }

  private async bring(phone: PhoneE164, how: number, says: string): Promise<ImportId> {
    const spelled = (SPELLINGS[how % SPELLINGS.length] as (p: string) => string)(phone);
    const path = aFile(`name,phone,texts\nPat ${how},${spelled},${says}\nNew ${this.ctx.clock.now()},,\n`);
    const { id } = await importFile(this.ctx, path, { mapping: COLUMNS as never });
    this.imports.push(id);
    return id;
  }

  private parked(phone: PhoneE164): string {
    return String(
      this.ctx.db
        .prepare("SELECT sid FROM inbound WHERE from_address = ? AND meaning = 'hold' AND resolution IS NULL")
        .pluck()
        .get(phone) ?? '',
    );
  }

  private async act(act: Act, phone: PhoneE164, { how }: Step): Promise<void> {
    const { ctx } = this;
    const who = { phone, occurredAt: ctx.clock.now() };
    const staffId = 2 as StaffId;
    switch (act) {
      case 'signs up on the screen':
        withConsent(ctx, (trx) =>
          recordSignUp(ctx, trx, { ...who, method: 'screen', topics: how % 2 ? ['news'] : [], promiseMax: 1 + (how % 4) }),
        );
        return;
      case 'texts JOIN':
        return this.texts(phone, 'JOIN');
      case 'texts START':
        return this.texts(phone, ['START', 'UNSTOP', 'start'][how % 3] ?? '');
      case 'texts Y':
        return this.texts(phone, ['Y', 'yes', 'Sí'][how % 3] ?? '');
      case 'texts STOP':
        return this.texts(phone, ['STOP', 'Quit', 'unsubscribe'][how % 3] ?? '');
      case 'texts that they want no more':
        return this.texts(phone, ['please stop texting me', 'take me off your list', 'ya no me manden mensajes'][how % 3] ?? '');
      case 'texts something that may be a stop':
        return this.texts(phone, ['enough already', 'this is spam'][how % 2] ?? '');
      case 'texts about boots':
        return this.texts(phone, ['Do you have the boots in 9?', 'LESS', 'thanks'][how % 3] ?? '');
      case 'chooses on the screen':
        withConsent(ctx, (trx) =>
          recordPreferences(ctx, trx, {
            ...who,
            method: 'screen',
            promiseMax: 1 + (how % 6),
            topics: { add: ['news'], remove: ['events'] },
            channels: { marketing: how % 2 ? 'both' : 'email' },
          }),
        );
        return;
      case 'clerk signs them up':
        withConsent(ctx, (trx) => recordDoubleOptInAsked(ctx, trx, { ...who, staffId, topics: ['news'] }));
        // its text leaves a little later
        ctx.db
          .prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE cause_kind = 'double-opt-in' AND state = 'waiting'")
          .run(ctx.clock.now());
        return;
      case 'clerk writes a stop':
        withConsent(ctx, (trx) => recordStop(ctx, trx, { ...who, method: 'counter', reason: 'asked', carrierStop: false, staffId }));
        return;
      case 'clerk writes preferences':
      case 'owner writes preferences': {
        const method = act.startsWith('owner') ? 'owner' : 'counter';
        const wish = [
          { promiseMax: 1 },
          { promiseMax: 8 },
          { topics: { add: ['news'] } },
          { topics: { remove: ['news'] } },
          { channels: { marketing: 'sms' } },
          { channels: { marketing: 'none' } },
        ][how % 6];
        withConsent(ctx, (trx) => recordPreferences(ctx, trx, { ...who, method, staffId, ...(wish as object) }));
        return;
      }
      case 'owner says it was no stop':
        decideHold(ctx, { sid: this.parked(phone), decision: 'not-a-stop', reason: 'about boots', staffId });
        return;
      case 'owner decides it was a stop':
        decideHold(ctx, { sid: this.parked(phone), decision: 'stop', reason: '', staffId });
        return;
      case 'owner releases a hold that is none':
        withConsent(ctx, (trx) => releaseHold(ctx, trx, { ...who, staffId, reason: 'tries it' }));
        return;
      case 'carrier refuses the number':
        withConsent(ctx, (trx) => recordStop(ctx, trx, { ...who, method: 'carrier', reason: '21610', carrierStop: true }));
        return;
      case 'file says yes and the owner vouches': {
        const importId = await this.bring(phone, how, 'yes');
        await ctx.tasks.finished(attestImport(ctx, owner, { importId, statement: statement as never, signed: true }).task);
        return;
      }
      case 'file says no':
        await this.bring(phone, how, 'no');
        return;
      case 'vouching is taken back': {
        const id = this.imports[how % Math.max(1, this.imports.length)];
        if (id !== undefined) await ctx.tasks.finished(undoAttest(ctx, owner, id).task);
        return;
      }
      case 'import is undone': {
        const id = this.imports.pop();
        if (id !== undefined) await undo(ctx, id);
        return;
      }
      case 'stop list': {
        const spelled = (SPELLINGS[how % SPELLINGS.length] as (p: string) => string)(phone);
        const table = await stopTable({ text: `Phone\n${spelled}\n` });
        const { hash } = await previewStopList(ctx, table);
        await ctx.tasks.finished((await importStopList(ctx, owner, table, { hash, numbers: true, emails: true })).task);
        return;
      }
      case 'two people are merged': {
        const other = NUMBERS[(NUMBERS.indexOf(phone) + 1) % NUMBERS.length] as PhoneE164;
        const [a, b] = [this.person(phone), this.person(other)];
        if (a !== null && b !== null)
          this.merges.push(mergePeople(ctx, owner, { a, b, take: how % 2 ? ({ phone: 'b' } as never) : ({} as never) }).mergeId);
        return;
      }
      case 'the merge is undone': {
        const id = this.merges.pop();
        if (id !== undefined) unmergePeople(ctx, owner, id);
        return;
      }
      case 'person is erased': {
        const id = this.person(phone);
        if (id !== null) await ctx.tasks.finished(erasePerson(ctx, owner, { id }).task);
        return;
      }
      case 'number has a new holder':
        withConsent(ctx, (trx) => recordNewHolder(ctx, trx, { ...who, method: 'counter', staffId }));
        return;
      case 'copy is made':
        this.copy = ctx.db.raw.serialize();
        return;
      case 'backup is brought back':
        if (this.copy !== null) this.restore(this.copy);
        return;
      case 'ten days pass':
      case 'two years pass':
        this.later(act === 'ten days pass' ? 15 * DAY : 730 * DAY);
        sweepConsent(ctx, true);
        return;
    }
  }

  /** An older copy of the file, and everything the journal knows, as opening a restored shop does it. */
  private restore(copy: Buffer): void {
    const { ctx } = this;
    const db = new Db(new BetterSqlite3(copy));
    db.raw.pragma('foreign_keys = ON');
    const journal = [...ctx.journalled];
    db.tx((trx) => void replayJournal(trx, ctx.hmacKey, journal, ctx.clock.now()));
    const next = aCtx({ db, now: ctx.clock.now() });
    next.journalled.push(...journal);
    // names of tasks and random numbers must go on where they were
    db.raw.exec('DELETE FROM task');
    Object.assign(next, { randomBytes: ctx.randomBytes });
    ctx.db.close();
    this.ctx = next;
    // what was done since the copy is not in it
    this.imports.length = 0;
    this.merges.length = 0;
  }

  close(): void {
    this.ctx.db.close();
  }
}
