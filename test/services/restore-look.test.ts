import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { marketingLeft } from '@db/queries/outbox';
import { confirmedAt } from '@db/queries/outbox-sender';
import { lastRestore } from '@db/queries/restore';
import { HOUR, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { makeCode, showCode } from '@domain/offers/code';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { lookBack, mustLookBack } from '@services/backups/look-back';
import { endHeld, goOn, onHold } from '@services/backups/on-hold';
import { flushSent } from '@services/backups/sent-journal';
import { marketingState, recordSignUp, withConsent } from '@services/consent/index';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aCampaign, aRestoreLab, drain, nobody, type RestoreLab, setUp } from '../support/restore-lab';
import { aNewYorker } from '../support/sending-shop';

let lab: RestoreLab;
afterEach(async () => {
  await lab.close();
});

const people = (n: number, from = 0): PhoneE164[] => Array.from({ length: n }, (_, i) => aNewYorker(from + i));
const states = () =>
  Object.fromEntries(
    (
      lab.ctx.db.prepare("SELECT state || coalesce('/' || reason, '') AS s, count(*) AS n FROM outbox GROUP BY 1").all() as {
        s: string;
        n: number;
      }[]
    ).map((r) => [r.s, r.n]),
  );
const loseJournal = () => rmSync(join(lab.dir, 'journal.log'), { force: true });

async function restore(path: string): Promise<void> {
  flushSent(lab.ctx);
  await restoreBackup(lab.ctx, nobody, path);
  await lab.shop.close();
  await lab.reopen();
}

describe('a copy is brought back in the middle of a campaign', () => {
  it.each(['with its journal', 'without a journal'])(
    'nobody gets a second text, and the rest goes on only after the look that proves it, %s',
    async (how) => {
      lab = await aRestoreLab();
      await setUp(lab);
      const phones = people(12);
      aCampaign(lab.ctx, { id: 1, phones, later: 4 });
      await drain(lab.ctx);
      expect(Object.keys(lab.created())).toHaveLength(4);
      const { path } = await makeBackup(lab.ctx);
      // four more leave after the copy was made
      lab.advance(10 * MINUTE);
      lab.ctx.db
        .prepare('UPDATE outbox SET not_before = 0 WHERE id IN (SELECT id FROM outbox WHERE state = ? ORDER BY id LIMIT 4)')
        .run('waiting');
      await drain(lab.ctx);
      expect(Object.keys(lab.created())).toHaveLength(8);

      lab.advance(5 * MINUTE);
      flushSent(lab.ctx);
      if (how === 'without a journal') loseJournal();
      await restore(path);
      expect(onHold(lab.ctx)).toMatchObject({ look: 'first', campaigns: [{ id: 1, state: 'paused' }] });

      await lab.run(() => (onHold(lab.ctx)?.look ?? 'first') !== 'first', HOUR);
      expect(onHold(lab.ctx)).toMatchObject({ look: 'second', campaigns: [{ id: 1, left: 8, notLeft: 4, unsure: 0 }] });
      expect(() => goOn(lab.ctx, nobody, 1 as never, false)).toThrow('restore.not-checked');
      await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
      expect(onHold(lab.ctx)?.look).toBe('proven');
      expect(lab.created()).toEqual(Object.fromEntries(phones.slice(0, 8).map((p) => [p, 1])));

      await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, 1 as never, false));
      await lab.run(() => Object.keys(lab.created()).length === 12, HOUR);
      expect(lab.created()).toEqual(Object.fromEntries(phones.map((p) => [p, 1])));
    },
  );

  it('the owner may go on before the hour: the list is read once more at that moment', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    const phones = people(6);
    aCampaign(lab.ctx, { id: 1, phones, later: 3 });
    await drain(lab.ctx);
    const { path } = await makeBackup(lab.ctx);
    await restore(path);
    await lab.run(() => onHold(lab.ctx)?.look === 'second', HOUR);
    const looks = lastRestore(lab.ctx.db)?.looks ?? 0;
    expect(await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, 1 as never, true))).toEqual({ queued: 3 });
    expect(lastRestore(lab.ctx.db)?.looks).toBe(looks + 1);
    await lab.run(() => Object.keys(lab.created()).length === 6, 2 * HOUR);
    expect(lab.created()).toEqual(Object.fromEntries(phones.map((p) => [p, 1])));
  });

  it('the owner may end it: what did not leave never does, and does not count as sent', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    const phones = people(6);
    aCampaign(lab.ctx, { id: 1, phones, later: 3 });
    await drain(lab.ctx);
    const { path } = await makeBackup(lab.ctx);
    await restore(path);
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
    expect(endHeld(lab.ctx, nobody, 1 as never)).toBe(3);
    await lab.run(() => false, 3 * HOUR);
    expect(Object.keys(lab.created())).toHaveLength(3);
    expect(marketingLeft(lab.ctx.db, phones[5] as PhoneE164, 0 as UtcMs)).toEqual([]);
    expect(lab.ctx.db.prepare('SELECT state FROM campaign').pluck().get()).toBe('cancelled');
  });

  it('the line is down after the restore: nothing leaves, and the look goes on from its place when it is back', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    aCampaign(lab.ctx, { id: 1, phones: people(6), later: 3 });
    await drain(lab.ctx);
    const { path } = await makeBackup(lab.ctx);
    await restore(path);
    lab.carrier.faults.add({ method: 'GET', path: 'Messages.json', times: 6, when: 'before', effect: { kind: 'reset' } });
    await lab.run(() => false, 2 * MINUTE);
    expect(Object.keys(lab.created())).toHaveLength(3);
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 4 * HOUR);
    expect(onHold(lab.ctx)?.campaigns).toMatchObject([{ left: 3, notLeft: 3 }]);
  });
});

describe('what a copy knows nothing of', () => {
  it('a campaign started since counts for the caps, and its codes work, although journal and copy are without it', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    const [ana, ben] = people(2) as [PhoneE164, PhoneE164];
    const code = makeCode((n) => lab.ctx.randomBytes(n));
    const { path } = await makeBackup(lab.ctx);
    lab.advance(HOUR);
    aCampaign(lab.ctx, {
      id: 1,
      phones: [ana, ben],
      body: (i) => `Corner Shoes: 20% off, code ${i === 0 ? showCode(code) : 'TEXT20'}. STOP to end`,
    });
    await drain(lab.ctx);
    loseJournal();
    await restore(path);
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
    expect(onHold(lab.ctx)?.restore.found).toMatchObject({ unknown: 2, adopted: 0, codes: 1 });
    for (const phone of [ana, ben]) expect(marketingLeft(lab.ctx.db, phone, 0 as UtcMs)).toHaveLength(1);
    expect(lab.ctx.db.prepare('SELECT state FROM offer_code WHERE code = ?').pluck().get(code)).toBe('issued');
    expect(lastRestore(lab.ctx.db)?.journal.read).toBe(0);
  });

  it('with the journal the campaign keeps its number, and its texts stay its own', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    const phones = people(3);
    const { path } = await makeBackup(lab.ctx);
    lab.advance(HOUR);
    aCampaign(lab.ctx, { id: 1, phones });
    await drain(lab.ctx);
    await restore(path);
    expect(lastRestore(lab.ctx.db)?.brought).toMatchObject({ texts: 3, campaigns: 1 });
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
    expect(onHold(lab.ctx)?.restore.found).toMatchObject({ unknown: 0 });
    expect(
      lab.ctx.db.prepare("SELECT count(*) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = '1' AND body <> ''").pluck().get(),
    ).toBe(3);
    expect(lab.ctx.db.prepare('SELECT state FROM campaign WHERE id = 1').pluck().get()).toBe('cancelled');
    await lab.run(() => states()['delivered'] === 3 || states()['delivered/restored'] === 3, 2 * HOUR);
    expect(lab.created()).toEqual(Object.fromEntries(phones.map((p) => [p, 1])));
  });

  it('a STOP that was answered since is read again from the carrier, also without a journal, before anything leaves', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    const phones = people(4);
    aCampaign(lab.ctx, { id: 1, phones, later: 1 });
    await drain(lab.ctx);
    const { path } = await makeBackup(lab.ctx);
    lab.advance(2 * HOUR);
    lab.carrier.sim.inbound({ from: phones[2] as string, to: SENDER, body: 'STOP' });
    flushSent(lab.ctx);
    loseJournal();
    await restore(path);
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 4 * HOUR);
    expect(marketingState(lab.ctx, phones[2] as PhoneE164)).toBe('out');
    await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, 1 as never, false));
    await lab.run(() => false, 2 * HOUR);
    expect(lab.created()[phones[2] as string]).toBeUndefined();
    expect(lab.created()[phones[3] as string]).toBe(1);
  });

  it('who joined by text since is told once what they signed up for, and the first offer waits its day', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    const [ana] = people(1) as [PhoneE164];
    const { path } = await makeBackup(lab.ctx);
    lab.advance(HOUR);
    lab.carrier.sim.inbound({ from: ana, to: SENDER, body: 'JOIN' });
    await lab.run(() => (lab.created()[ana] ?? 0) > 0, 10 * MINUTE);
    expect(lab.created()[ana]).toBe(1);
    const leftAt = lab.clock.now();
    await restore(path);
    expect(marketingState(lab.ctx, ana)).toBe('in');
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
    expect(onHold(lab.ctx)?.personal).toEqual([]);
    const confirmed = confirmedAt(lab.ctx.db, ana);
    expect(confirmed).toBeGreaterThan(leftAt - 10 * MINUTE);
    expect(confirmed).toBeLessThanOrEqual(leftAt);
    expect(lab.created()[ana]).toBe(1);
    expect(lab.ctx.db.prepare("SELECT count(*) FROM consent_event WHERE kind = 'signed-up'").pluck().get()).toBe(1);
    expect(lab.ctx.db.prepare('SELECT count(*) FROM inbound').pluck().get()).toBe(1);
  });

  it('who signed up since and was not told yet gets no offer before they are, and the owner lets the confirmation leave', async () => {
    lab = await aRestoreLab();
    await setUp(lab, { senderApproved: false });
    const [ana] = people(1) as [PhoneE164];
    const { path } = await makeBackup(lab.ctx);
    lab.advance(HOUR);
    withConsent(lab.ctx, (trx) => recordSignUp(lab.ctx, trx, { phone: ana, method: 'screen', occurredAt: lab.clock.now(), staffId: null }));
    await restore(path);
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
    expect(onHold(lab.ctx)?.personal).toEqual([{ messageClass: 'confirmation', n: 1 }]);
    expect(confirmedAt(lab.ctx.db, ana)).toBeUndefined(); // not out yet: offers wait
    await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, 'personal', false));
    expect(states()['waiting/sender-not-approved'] ?? states()['waiting/resend']).toBe(1);
  });

  it('thousands of texts are read page by page, cut off in between and gone on with', async () => {
    lab = await aRestoreLab();
    await setUp(lab);
    const phones = people(2300);
    const { path } = await makeBackup(lab.ctx);
    lab.advance(HOUR);
    for (const p of phones)
      await lab.carrier.gateway.send({
        to: p,
        sender: { kind: 'number', number: SENDER },
        body: `Corner Shoes: hello ${p}`,
        validitySeconds: 3600,
      });
    loseJournal();
    await restore(path);
    let asked = 0;
    const gateway = await lab.ctx.gateway();
    const cut = new AbortController();
    const ctx = {
      ...lab.ctx,
      gateway: async () => ({
        ...gateway,
        nextPage: (next: string) => {
          asked++;
          cut.abort();
          return gateway.nextPage(next);
        },
      }),
    };
    await lookBack(ctx, cut.signal);
    expect(asked).toBe(1);
    expect(onHold(lab.ctx)?.share).not.toBeNull();
    expect(mustLookBack(lab.ctx.db)).toBe(true);
    await lab.shop.close();
    await lab.reopen();
    await lab.run(() => onHold(lab.ctx)?.look === 'second', HOUR);
    expect(onHold(lab.ctx)?.restore.found).toMatchObject({ unknown: 2300 });
    expect(lab.ctx.db.prepare("SELECT count(DISTINCT address) FROM outbox WHERE cause_kind = 'restored'").pluck().get()).toBe(2300);
  }, 60_000);
});
