import type { AttestStatement } from '@domain/consent/attest';
import type { AppError } from '@domain/errors';
import type { Mapping } from '@domain/imports/fields';
import type { ImportId, PhoneE164 } from '@domain/kernel';
import { attestImport, attestView, attestWaiting, undoAttest } from '@services/consent/attest';
import { recordSignUp, recordStop, verifyLedger, withConsent } from '@services/consent/index';
import { getPerson } from '@services/customers/customers';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, undo } from '../support/imports';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const COLUMNS: Mapping = {
  kind: 'customers',
  till: 'list',
  columns: { firstName: [0], phone: [1], email: [2], birthday: [3], smsConsent: [4], emailConsent: [5], smsOptOut: [6], emailOptOut: [7] },
};
const HEAD = 'name,phone,mail,born,texts,mails,no_texts,no_mails';
const rowsFile = (rows: string[]) => aFile([HEAD, ...rows, ''].join('\n'));
const n = (last: number) => `+121255501${String(last).padStart(2, '0')}` as PhoneE164;
const bring = (ctx: TestCtx, rows: string[]) => importFile(ctx, rowsFile(rows), { mapping: COLUMNS });
const statement: AttestStatement = {
  method: 'paper',
  detail: 'Club cards at the counter',
  fromDay: '2025-03-01' as never,
  toDay: '2026-02-28' as never,
  wording: 'Yes, text me offers from Corner Shoes. Reply STOP to end.',
};
async function attest(ctx: TestCtx, importId: ImportId, more: Partial<AttestStatement> = {}, signed = true) {
  return ctx.tasks.finished(attestImport(ctx, owner, { importId, statement: { ...statement, ...more }, signed }).task);
}
const states = (ctx: TestCtx, channel = 'sms') =>
  Object.fromEntries(
    ctx.db.raw
      .prepare(
        "SELECT b.address, s.state FROM consent_state s JOIN address_book b USING (address_hmac) WHERE purpose = 'marketing' AND channel = ?",
      )
      .raw()
      .all(channel) as [string, string][],
  );
/** The dump without the ledger and what goes with it. */
function withoutLedger(ctx: TestCtx): string {
  const ledger = ['consent_event', 'consent_evidence', 'consent_state', 'consent_attest', 'address_book', 'wording', 'meta'];
  let table = '';
  return dump(ctx.db)
    .split('\n')
    .filter((line) => {
      if (line !== '' && !line.startsWith('{')) table = line;
      return line !== '' && !ledger.includes(table);
    })
    .join('\n');
}
const said = (ctx: TestCtx) =>
  ctx.db.raw.prepare('SELECT channel, address, says, flag, raw, column_name, row_no FROM consent_said ORDER BY 1, 2').all();

describe('what a file says about permission', () => {
  it('is kept as evidence, in both polarities and three states; a no stops at once, a yes permits nothing', async () => {
    const ctx = aCtx();
    const r = await bring(ctx, [
      'Ann,212-555-0101,ann@x.com,,yes,unsubscribed,,',
      'Bob,212-555-0102,bob@x.com,,no,subscribed,,',
      'Cleo,212-555-0103,cleo@x.com,,,,1,0',
      'Dan,212-555-0104,dan@x.com,,,,0,1',
      'Eve,212-555-0105,eve@x.com,,maybe,,,',
      'Fay,212-555-0106,fay@x.com,,,,,',
    ]);
    expect(said(ctx)).toEqual([
      { channel: 'email', address: 'ann@x.com', says: 'no', flag: 0, raw: 'unsubscribed', column_name: 'mails', row_no: 2 },
      { channel: 'email', address: 'bob@x.com', says: 'yes', flag: 0, raw: 'subscribed', column_name: 'mails', row_no: 3 },
      { channel: 'email', address: 'cleo@x.com', says: 'yes', flag: 1, raw: '0', column_name: 'no_mails', row_no: 4 },
      { channel: 'email', address: 'dan@x.com', says: 'no', flag: 1, raw: '1', column_name: 'no_mails', row_no: 5 },
      { channel: 'sms', address: n(1), says: 'yes', flag: 0, raw: 'yes', column_name: 'texts', row_no: 2 },
      { channel: 'sms', address: n(2), says: 'no', flag: 0, raw: 'no', column_name: 'texts', row_no: 3 },
      { channel: 'sms', address: n(3), says: 'no', flag: 1, raw: '1', column_name: 'no_texts', row_no: 4 },
      { channel: 'sms', address: n(4), says: 'yes', flag: 1, raw: '0', column_name: 'no_texts', row_no: 5 },
      { channel: 'sms', address: n(5), says: 'unknown', flag: 0, raw: 'maybe', column_name: 'texts', row_no: 6 },
    ]);
    expect(states(ctx)).toEqual({ [n(2)]: 'out', [n(3)]: 'out' });
    expect(states(ctx, 'email')).toEqual({ 'ann@x.com': 'out', 'dan@x.com': 'out' });
    expect(getPerson(ctx, 1 as never)).toMatchObject({ emailStopped: true, permission: { mayText: false } });
    expect(r.counts?.notesBy).toMatchObject({ 'said-no': 4 });
    expect(await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: NOON })).toMatchObject({ ok: true });
  });

  it('coming again adds nothing; a no never becomes a yes; a number two rows share is a no when one of them says so', async () => {
    const ctx = aCtx();
    await bring(ctx, ['Ann,212-555-0101,,,no,,,', 'Bob,212-555-0102,,,yes,,,', 'Zoe,212-555-0102,,,no,,,']);
    const once = dump(ctx.db);
    await bring(ctx, ['Zoe,212-555-0102,,,no,,,', 'Bob,212-555-0102,,,yes,,,', 'Ann,212-555-0101,,,no,,,']);
    expect(dump(ctx.db)).toBe(once);
    const later = await bring(ctx, ['Ann,212-555-0101,,,yes,,,', 'Bob,212-555-0102,,,yes,,,']);
    expect(states(ctx)).toEqual({ [n(1)]: 'out', [n(2)]: 'out' });
    const view = await attestView(ctx, later.id);
    expect(view).toMatchObject({ may: 0, left: [{ why: 'said-no', count: 2 }] });
    await attest(ctx, later.id);
    expect(states(ctx)).toEqual({ [n(1)]: 'out', [n(2)]: 'out' });
  });

  it('undo of the import takes its people and its evidence back, but not the stops', async () => {
    const ctx = aCtx();
    const before = withoutLedger(ctx);
    const r = await bring(ctx, ['Ann,212-555-0101,ann@x.com,,no,no,,', 'Bob,212-555-0102,,,yes,,,']);
    expect((await undo(ctx, r.id)).counts?.keptTotal).toBe(0);
    expect(withoutLedger(ctx)).toBe(before);
    expect(states(ctx)).toEqual({ [n(1)]: 'out' });
    expect(states(ctx, 'email')).toEqual({ 'ann@x.com': 'out' });
  });
});

describe('vouching for a file', () => {
  const mixed = [
    'Ann,212-555-0101,,,yes,,,',
    'Bob,212-555-0102,,,yes,,,',
    'Cleo,212-555-0103,,,yes,,,',
    'Dan,212-555-0104,,2015-05-05,yes,,,',
    'Eve,212-555-0105,,,,,0,',
    'Fay,212-555-0106,,,maybe,,,',
    'Gus,212-555-0107,,,no,,,',
    'Hal,800-555-0199,,,yes,,,',
    'Ida,212-555-0108,,,yes,,,',
  ];
  async function shop() {
    const ctx = aCtx();
    withConsent(ctx, (trx) => {
      recordStop(ctx, trx, { phone: n(2), method: 'reply', reason: 'STOP', carrierStop: true, occurredAt: NOON });
      recordSignUp(ctx, trx, { phone: n(3), method: 'join-text', occurredAt: NOON });
    });
    ctx.clock.advance(60_000);
    const r = await bring(ctx, mixed);
    return { ctx, id: r.id };
  }

  it('says who may be vouched for, and who is left out and why', async () => {
    const { ctx, id } = await shop();
    const view = await attestView(ctx, id);
    expect(view.sms).toEqual({ yes: 7, no: 1, unknown: 1, notMarked: 1 });
    expect(view.may).toBe(2);
    expect(view.examples.map((p) => [p.name, p.raw, p.column])).toEqual([
      ['Ann', 'yes', 'texts'],
      ['Ida', 'yes', 'texts'],
    ]);
    expect(Object.fromEntries(view.left.map((l) => [l.why, l.people.map((p) => p.name)]))).toEqual({
      stopped: ['Bob'],
      already: ['Cleo'],
      minor: ['Dan'],
      'not-marked': ['Eve'],
      unclear: ['Fay'],
      'cannot-text': ['Hal'],
    });
    expect(attestWaiting(ctx)).toEqual([{ id, fileName: 'export.csv', numbers: 6 }]);
  });

  it('permits exactly those, with method, days and words in the ledger, and takes it back by new events', async () => {
    const { ctx, id } = await shop();
    const before = states(ctx);
    const done = (await attest(ctx, id)) as { people: number };
    expect(done.people).toBe(2);
    expect(states(ctx)).toEqual({ ...before, [n(1)]: 'in', [n(8)]: 'in' });
    const event = ctx.db.raw.prepare("SELECT * FROM consent_event WHERE kind = 'attested' ORDER BY id LIMIT 1").get() as Record<
      string,
      unknown
    >;
    expect(event).toMatchObject({
      method: 'import',
      reason: `import:${id}`,
      device: 'paper: Club cards at the counter (2025-03-01 – 2026-02-28)',
      staff_id: 1,
      occurred_at: Date.UTC(2025, 2, 1, 5),
    });
    expect(ctx.db.raw.prepare('SELECT text FROM wording WHERE hash = ?').pluck().get(event['wording_hash'])).toBe(statement.wording);
    expect(await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: NOON })).toMatchObject({ ok: true });
    expect(attestWaiting(ctx)).toEqual([]);
    const events = ctx.db.raw.prepare('SELECT count(*) FROM consent_event').pluck().get() as number;
    await ctx.tasks.finished(undoAttest(ctx, owner, id).task);
    expect({ ...states(ctx), [n(1)]: undefined, [n(8)]: undefined }).toEqual({ ...before, [n(1)]: undefined, [n(8)]: undefined });
    expect([states(ctx)[n(1)], states(ctx)[n(8)]]).toEqual(['never', 'never']);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM consent_event').pluck().get()).toBe(events + 2);
    // and may be said again, better
    expect(((await attest(ctx, id, { method: 'website' })) as { people: number }).people).toBe(2);
  });

  it('a stop after it wins, and undo of the statement does not lift it', async () => {
    const { ctx, id } = await shop();
    await attest(ctx, id);
    withConsent(ctx, (trx) => {
      recordStop(ctx, trx, { phone: n(1), method: 'reply', reason: 'STOP', carrierStop: true, occurredAt: NOON });
    });
    await ctx.tasks.finished(undoAttest(ctx, owner, id).task);
    expect(states(ctx)[n(1)]).toBe('out');
    expect(((await attest(ctx, id)) as { people: number }).people).toBe(1);
    expect(states(ctx)[n(1)]).toBe('out');
  });

  it('undo of the import undoes what was vouched for, and takes the people', async () => {
    const { ctx, id } = await shop();
    await attest(ctx, id);
    const undone = await undo(ctx, id);
    // a stop and a sign-up came from the people themselves, before the file: nobody needs to stay for them
    expect(undone.counts?.keptTotal).toBe(0);
    expect([states(ctx)[n(1)], states(ctx)[n(8)], states(ctx)[n(3)]]).toEqual(['never', 'never', 'in']);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM customer').pluck().get()).toBe(0);
    expect(said(ctx)).toEqual([]);
  });

  it('a statement that says too little, lies in the future or is not signed is refused', async () => {
    const { ctx, id } = await shop();
    const field = (more: Partial<AttestStatement>, signed = true) => {
      try {
        attestImport(ctx, owner, { importId: id, statement: { ...statement, ...more }, signed });
        return null;
      } catch (e) {
        return (e as AppError).params['field'];
      }
    };
    expect(field({ wording: 'ok' })).toBe('wording');
    expect(field({ detail: ' ' })).toBe('detail');
    expect(field({ fromDay: '2027-01-01' as never })).toBe('fromDay');
    expect(field({ toDay: '2025-01-01' as never })).toBe('toDay');
    expect(field({}, false)).toBe('signed');
    expect(states(ctx)[n(1)]).toBeUndefined();
  });
});
