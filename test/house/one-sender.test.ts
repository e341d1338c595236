import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '@db/open';
import { MESSAGE_CLASSES } from '@domain/consent/gate';
import type { UtcMs } from '@domain/kernel';
import { FreshReplies } from '@services/inbox/sync';
import type { mayLeave } from '@services/outbox/may-leave';
import { describe, expect, expectTypeOf, it } from 'vitest';

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = `${dir}/${e.name}`;
    return e.isDirectory() ? sources(path) : /\.(ts|tsx)$/.test(e.name) ? [path] : [];
  });
}

/** Code without comments; strings stay. */
const code = (path: string) => readFileSync(join(process.cwd(), path), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');
const lines = (dirs: string[], pattern: RegExp): string[] =>
  dirs.flatMap(sources).flatMap((f) =>
    code(f)
      .split('\n')
      .filter((l) => pattern.test(l))
      .map((l) => `${f}: ${l.trim()}`),
  );

/**
 * Every way to a carrier, found by its shape: a call of `send`, the method taken off its object, or the carrier's own address. A new
 * line here is a second sender: it must go through the one gate instead.
 */
const ALLOWED = [
  // the one sender
  'main/services/outbox/post.ts: outcome = await gateway.send(c.held === undefined ? { ...text, sender } : { ...text, sender: c.held.sender, sendAt: c.held.at });',
  // the adapter behind it
  'main/adapters/twilio/gateway.ts: async send(request: SendRequest): Promise<SendOutcome> {',
  'main/adapters/twilio/gateway.ts: const message = await sdk.messages.create({',
  // e-mail has a post office of its own (below)
  'main/adapters/smtp/mailer.ts: smtp.send({ from: onWire(mail.from.address), to: onWire(mail.to), size: bytes.length }, words.stream, (error) => {',
];
const JUDGES = ['main/services/outbox/choose.ts', 'main/services/outbox/hand-over.ts'];
const REACHES_CARRIER =
  /\.\s*send\s*[(?.;,)]|\[\s*['"`]send['"`]\s*\]|[{,]\s*send\s*[,:}]|\basync send\(|\bmessages\.create\s*\(|\bcreateMessage\b/;

describe('one sender', () => {
  it('is the only place from which a text reaches the carrier', () => {
    const found = lines(['main', 'db', 'preload'], REACHES_CARRIER).filter(
      (l) =>
        // counters of what was asked of the carrier
        !/\bsend: 0, list: 0\b|\b(a|all)\.send\b/.test(l) &&
        // screens are told things by a method of the same name; the practice carrier is the other end
        !/webContents\.send\(|customer\?\.send\(event|ipcRenderer\.send\(|^main\/adapters\/practice-carrier\//.test(l),
    );
    expect(found.sort()).toEqual([...ALLOWED].sort());
  });

  it('marks a text as being sent in one statement only, and calls it from one place', () => {
    const marks = lines(['db', 'main'], /SET state = 'sending'|state: 'sending', *(attempts|sender)/);
    expect(marks).toEqual([
      "db/queries/mail.ts: `UPDATE mail SET state = 'sending', reason = NULL, retry_at = NULL, attempts = attempts + 1, updated_at = ? WHERE id = ? AND state = 'waiting'`,",
      "db/queries/outbox-sender.ts: `UPDATE outbox SET state = 'sending', reason = NULL, retry_at = NULL, attempts = attempts + 1, sender = ?, sid = NULL,",
    ]);
    // one for what leaves now, one for what the carrier is to hold until its time
    const claims = lines(['main'], /\bclaim\(trx/);
    expect(claims.map((l) => l.split(':')[0])).toEqual(JUDGES);
  });

  it('judges by the gate what it claims, and nothing else asks the gate in its place', () => {
    // at-carrier.ts asks once more about what the carrier holds, and calls it back
    const asked = new Set(lines(['main'], /\bmayLeave\(ctx,/).map((l) => l.split(':')[0]));
    expect([...asked]).toEqual(['main/services/outbox/at-carrier.ts', ...JUDGES]);
    for (const file of JUDGES) expect(code(file).indexOf('mayLeave(ctx')).toBeLessThan(code(file).indexOf('claim(trx'));
  });

  it('gives every class of text its own row, and permission texts their fixed words', () => {
    // words of the four permission texts come from the wording in force and from nowhere else
    const classes = MESSAGE_CLASSES.filter((c) => c !== 'marketing' && c !== 'service' && c !== 'reply');
    const fixed = new RegExp(`messageClass: '(${classes.join('|')})'`);
    expect(lines(['main'], fixed)).toEqual([]);
    expect(lines(['main'], /messageClass: t\.kind/).map((l) => l.split(':')[0])).toEqual(['main/services/consent/texts.ts']);
  });
});

describe('one sender of mails', () => {
  it('is the only place from which a mail reaches the post office, with its journal written before', () => {
    const handed = lines(['main', 'db', 'preload'], /\.\s*deliver\s*\(/);
    expect(handed).toEqual(['main/services/mail/post.ts: outcome = await mailer.deliver(words);']);
    const post = code('main/services/mail/post.ts');
    expect(post.indexOf('journal.append')).toBeLessThan(post.indexOf('mailer.deliver'));
    // the outbox has a function of this name for what the carrier is to hold
    const users = lines(['main'], /(?<!function )\bhandOver\(ctx, s, mailer,/).map((l) => l.split(':')[0]);
    expect(new Set(users)).toEqual(new Set(['main/services/mail/sender.ts']));
  });

  it('judges by the gate what it claims; only a test to the owner is claimed without', () => {
    const claims = lines(['main'], /\bclaimMail\(trx/);
    expect(claims.map((l) => l.split(':')[0])).toEqual(['main/services/mail/sender.ts', 'main/services/mail/sender.ts']);
    const sender = code('main/services/mail/sender.ts');
    expect(sender.indexOf('mayMail(ctx')).toBeLessThan(sender.indexOf('claimMail(trx'));
    expect(lines(['main'], /(?<!function )\bsendNow\(ctx/).map((l) => l.split(':')[0])).toEqual(['main/services/mail/test-mail.ts']);
  });
});

describe('proof that replies were read', () => {
  it('is made in one file, and can neither be built, nor imitated, nor cast', () => {
    const made = lines(['main'], /new FreshReplies\(|as (unknown as )?FreshReplies\b|FreshReplies\.prototype/);
    expect(made).toEqual(['main/services/inbox/sync.ts: readNow = (db, readAt) => new FreshReplies(db, readAt);']);
    expectTypeOf<{ holdFor(db: Db, now: UtcMs): boolean; olderThan(ms: number, now: UtcMs): boolean }>().not.toExtend<FreshReplies>();
    expectTypeOf<typeof FreshReplies>().not.toExtend<new (db: Db, at: UtcMs) => FreshReplies>();
    expectTypeOf<Parameters<typeof mayLeave>[3]>().toEqualTypeOf<FreshReplies>();
    const forged = Object.create(FreshReplies.prototype) as FreshReplies;
    expect(() => forged.holdFor({} as Db, 0 as UtcMs)).toThrow(TypeError);
  });
});
