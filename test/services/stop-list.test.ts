import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopTable } from '@backend/stop-table';
import { stateOf } from '@domain/consent/status';
import type { PhoneE164 } from '@domain/kernel';
import { consentOf, recordSignUp, verifyLedger, withConsent } from '@services/consent/index';
import { importStopList, pastStopLists, previewStopList } from '@services/consent/stop-list';
import { describe, expect, it } from 'vitest';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const state = (ctx: TestCtx, phone: string) => stateOf(consentOf(ctx.db, ctx.hmacKey, phone as PhoneE164, ctx.clock.now()), 'marketing');
const file = (ctx: TestCtx, name: string, text: string) => {
  const path = join(ctx.dir, name);
  writeFileSync(path, text);
  return { path };
};
const take = async (ctx: TestCtx, source: { path: string } | { text: string }) => {
  const table = await stopTable(source);
  const preview = await previewStopList(ctx, table);
  const { task } = await importStopList(ctx, owner, table, { hash: preview.hash, numbers: true, emails: true });
  return { preview, result: (await ctx.tasks.finished(task)) as { numbers: number; emails: number; already: number } };
};

const LISTS: Record<string, { text: string; numbers: number; emails: number; left?: number }> = {
  'a provider’s opt-out list': {
    text: 'Phone Number,Opt-Out Date,Messaging Service\n+12125550101,2026-01-02,MG1\n(212) 555-0102,2026-02-03,MG1\n',
    numbers: 2,
    emails: 0,
  },
  'suppressed profiles with both channels': {
    text: 'Email,Phone Number,Email Marketing Consent,SMS Marketing Consent,Suppression Reason\nana@x.example,+12125550101,UNSUBSCRIBED,UNSUBSCRIBED,user\nbo@x.example,+12125550102,SUBSCRIBED,UNSUBSCRIBED,\ncy@x.example,,UNSUBSCRIBED,,spam\n',
    numbers: 2,
    emails: 2,
  },
  'a directory with a column of who said no': {
    text: 'First Name,Phone,Email Address,Unsubscribed\nAna,212-555-0101,ana@x.example,yes\nBo,212-555-0102,bo@x.example,no\n',
    numbers: 1,
    emails: 1,
    left: 1,
  },
  'a log of messages': {
    text: 'From;To;Body;Date\n+12125550101;+18455550142;STOP;1\n+12125550102;+18455550142;thank you!;2\n',
    numbers: 1,
    emails: 0,
    left: 1,
  },
  'bare numbers': { text: '212-555-0101\n(212) 555-0102\n\n+1 212 555 0103\n', numbers: 3, emails: 0 },
  'numbers and e-mails in one column': { text: '212-555-0101\nana@x.example\n2125550102\n', numbers: 2, emails: 1 },
};

describe('a list of people who said stop elsewhere', () => {
  for (const [name, list] of Object.entries(LISTS)) {
    it(`is understood: ${name}`, async () => {
      const ctx = aCtx();
      const { preview, result } = await take(ctx, file(ctx, 'list.csv', list.text));
      expect(preview.numbers.total).toBe(list.numbers);
      expect(preview.emails.total).toBe(list.emails);
      expect(preview.leftOut.reduce((n, l) => n + l.count, 0)).toBe(list.left ?? 0);
      expect(result).toMatchObject({ numbers: list.numbers, emails: list.emails, already: 0 });
      expect(state(ctx, '+12125550101')).toBe('out');
      expect(ctx.db.raw.prepare('SELECT count(*) FROM customer').pluck().get()).toBe(0);
      expect((await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).ok).toBe(true);
    });
  }

  it('wins over the customer’s own yes, and is not written twice', async () => {
    const ctx = aCtx();
    const phone = '+12125550101' as PhoneE164;
    withConsent(ctx, (trx) => recordSignUp(ctx, trx, { phone, method: 'screen', occurredAt: ctx.clock.now() }));
    expect(state(ctx, phone)).toBe('in');
    const source = { text: '212 555 0101\n212 555 0101\nnonsense 12\n' };
    const first = await take(ctx, source);
    expect(first.preview).toMatchObject({ numbers: { total: 1, already: 0, known: 0, unknown: 1 }, fileName: '' });
    expect(first.preview.problems).toMatchObject([{ row: 3, why: 'unreadable', cell: 'nonsense 12' }]);
    expect(state(ctx, phone)).toBe('out');
    const events = () => ctx.db.raw.prepare('SELECT count(*) FROM consent_event').pluck().get();
    const before = events();
    const again = await take(ctx, source);
    expect(again.preview.numbers.already).toBe(1);
    expect(again.result.numbers).toBe(0);
    expect(events()).toBe(before);
    expect(pastStopLists(ctx).map((l) => [l.numbers, l.done])).toEqual([
      [0, true],
      [1, true],
    ]);
    const [proof] = ctx.db.raw
      .prepare(
        "SELECT e.reason, v.inbound_text AS said FROM consent_event e JOIN consent_evidence v ON v.event_id = e.id WHERE e.kind = 'stopped'",
      )
      .all() as { reason: string; said: string }[];
    expect(proof).toEqual({ reason: 'stop-list:1', said: 'row 1' });
  });

  it('refuses a table without numbers or e-mails, and a file that changed since', async () => {
    const ctx = aCtx();
    const bad = await stopTable(file(ctx, 'bad.csv', 'Item,Price\nTea,3\n'));
    await expect(previewStopList(ctx, bad)).rejects.toMatchObject({ code: 'privacy.no-list' });
    const one = await stopTable({ text: '2125550101' });
    const two = await stopTable({ text: '2125550102' });
    await expect(importStopList(ctx, owner, two, { hash: one.hash, numbers: true, emails: true })).rejects.toMatchObject({
      code: 'privacy.list-changed',
    });
  });
});
