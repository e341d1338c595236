import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dispatch } from '@backend/dispatch';
import { checkDatabase } from '@db/backup';
import { readMeta } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import { HOUR, MINUTE, type PhoneE164 } from '@domain/kernel';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { goOn, onHold } from '@services/backups/on-hold';
import { marketingState, recordStop, withConsent } from '@services/consent/index';
import { drainOnce } from '@services/outbox/drain';
import { afterEach, describe, expect, it } from 'vitest';
import { aCampaign, aRestoreLab, drain, nobody, type RestoreLab, setUp } from '../support/restore-lab';
import { aNewYorker } from '../support/sending-shop';

const labs: RestoreLab[] = [];
afterEach(async () => {
  for (const l of labs.splice(0)) await l.close().catch(() => undefined);
});
const aLab = async (options: Parameters<typeof aRestoreLab>[0] = {}) => {
  const lab = await aRestoreLab(options);
  labs.push(lab);
  return lab;
};
const codeOf = async (work: () => unknown) => {
  try {
    await work();
    return 'nothing';
  } catch (e) {
    return e instanceof AppError ? e.code : String(e);
  }
};
const people = (n: number): PhoneE164[] => Array.from({ length: n }, (_, i) => aNewYorker(i));
const aStick = () => mkdtempSync(join(tmpdir(), 'regulars-stick-'));
const stop = (lab: RestoreLab, phone: PhoneE164) =>
  withConsent(lab.ctx, (trx) =>
    recordStop(lab.ctx, trx, { phone, method: 'reply', reason: 'STOP', carrierStop: true, occurredAt: lab.clock.now(), staffId: null }),
  );

/** The folder as a kill -9 leaves it before each step: whatever was written is there, nothing else happens any more. */
function keepsEveryStep(): { options: { step: (name: string) => void }; at: [string, string][]; of: (dir: string) => void } {
  const at: [string, string][] = [];
  let dir = '';
  return {
    at,
    of: (d) => {
      dir = d;
    },
    options: {
      step: (name) => {
        const copy = mkdtempSync(join(tmpdir(), 'regulars-killed-'));
        cpSync(dir, copy, { recursive: true });
        at.push([name, copy]);
      },
    },
  };
}

describe('moving to another computer', () => {
  it('takes everything along, retires this file, and nothing leaves there before Twilio was asked', async () => {
    const old = await aLab();
    const code = await setUp(old);
    const phones = people(8);
    aCampaign(old.ctx, { id: 1, phones, later: 4 });
    await drain(old.ctx);
    stop(old, phones[7] as PhoneE164);
    const { path } = await old.ctx.backstage.moving.moveOut(aStick(), code);
    await old.shop.close();

    await old.reopen();
    expect(old.shop).toMatchObject({ readOnly: true, readOnlyWhy: 'retired' });
    expect(await dispatch(old.ctx, nobody, 'backups/make', {}, { readOnly: old.shop.readOnlyWhy })).toMatchObject({
      error: { code: 'shop.retired' },
    });
    expect(await dispatch(old.ctx, nobody, 'customers/counts', {}, { readOnly: old.shop.readOnlyWhy })).toMatchObject({ ok: true });

    const there = await aLab({ machine: 'there', twilioUrl: old.carrier.url, clock: old.clock });
    await there.ctx.backstage.moving.arrive(path, code.toLowerCase());
    await there.shop.close();
    await there.reopen();
    expect(marketingState(there.ctx, phones[7] as PhoneE164)).toBe('out');
    expect(await there.ctx.secrets.get('twilio-key-secret')).toBe(await old.ctx.secrets.get('twilio-key-secret'));
    expect(readMeta(there.ctx.db, 'epoch')).toBe('2');
    expect(onHold(there.ctx)).toMatchObject({ look: 'first', restore: { how: 'moved' }, campaigns: [{ id: 1 }] });
    expect((await drainOnce(there.ctx)).started).toBe(0);

    old.advance(2 * HOUR);
    there.advance(0);
    const look = async (n: number) => {
      for (let i = 0; i < n && onHold(there.ctx)?.look !== 'proven'; i++) {
        await drain(there.ctx);
        old.advance(10 * MINUTE);
      }
    };
    await look(20);
    expect(onHold(there.ctx)).toMatchObject({ look: 'proven', campaigns: [{ left: 4, notLeft: 3 }] });
    await there.ctx.tasks.finished(goOn(there.ctx, nobody, 1 as never, false));
    await drain(there.ctx);
    await drain(there.ctx);
    expect(old.created()).toEqual(Object.fromEntries(phones.slice(0, 7).map((p) => [p, 1])));
  });

  it('is opened by the right code only, and a changed byte is found', async () => {
    const old = await aLab();
    const code = await setUp(old);
    expect(await codeOf(() => old.ctx.backstage.moving.moveOut(aStick(), 'WRNG-WRNG-WRNG-WRNG-WRNG-WRNG'))).toBe(
      'secrets.wrong-recovery-code',
    );
    expect(readMeta(old.ctx.db, 'retired')).toBeNull();
    expect(await codeOf(() => old.ctx.backstage.moving.moveOut(join(old.dir, 'backups'), code))).toBe('backup.no-place');
    const { path } = await old.ctx.backstage.moving.moveOut(aStick(), code);
    expect(readFileSync(path).includes('Corner Shoes')).toBe(false);
    const there = await aLab({ machine: 'there' });
    expect(await codeOf(() => there.ctx.backstage.moving.arrive(path, 'WRNG-WRNG-WRNG-WRNG-WRNG-WRNG'))).toBe(
      'secrets.wrong-recovery-code',
    );
    const bytes = readFileSync(path);
    bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await codeOf(() => there.ctx.backstage.moving.arrive(path, code))).toBe('secrets.wrong-recovery-code');
    expect(readMeta(there.ctx.db, 'epoch')).toBe('1');
    // nothing of the shop lies about
    expect(existsSync(join(there.dir, 'moving'))).toBe(false);
  });

  it('a stick that is full or gone leaves the shop as it was', async () => {
    const old = await aLab();
    const code = await setUp(old);
    expect(await codeOf(() => old.ctx.backstage.moving.moveOut(join(aStick(), 'none'), code))).toBe('backup.no-place');
    await old.shop.close();
    await old.reopen();
    expect(old.shop.readOnly).toBe(false);
  });

  it('a plain backup of another computer opens too, with what the journal beside it knows', async () => {
    const old = await aLab();
    const code = await setUp(old);
    const stick = aStick();
    const phones = people(2);
    aCampaign(old.ctx, { id: 1, phones });
    const { path } = await makeBackup(old.ctx);
    stop(old, phones[1] as PhoneE164);
    cpSync(path, join(stick, 'regulars-copy.sqlite'));
    cpSync(join(old.dir, 'journal.log'), join(stick, 'journal.log'));
    const there = await aLab({ machine: 'there' });
    await there.ctx.backstage.moving.arrive(join(stick, 'regulars-copy.sqlite'), code);
    await there.shop.close();
    await there.reopen();
    expect(marketingState(there.ctx, phones[1] as PhoneE164)).toBe('out');
    expect(onHold(there.ctx)?.restore.brought.stops).toBe(1);
  });

  it('never opens a retired file elsewhere, nor anything where a shop was set up', async () => {
    const old = await aLab();
    const code = await setUp(old);
    const { path } = await old.ctx.backstage.moving.moveOut(aStick(), code);
    await old.shop.close();
    const there = await aLab({ machine: 'there' });
    expect(await codeOf(() => there.ctx.backstage.moving.arrive(join(old.dir, 'shop.sqlite'), code))).toBe('shop.retired');
    await setUp(there);
    expect(await codeOf(() => there.ctx.backstage.moving.arrive(path, code))).toBe('restore.not-empty');
    await old.reopen();
  });

  it('taken back, this computer goes on with a new epoch and asks Twilio first', async () => {
    const old = await aLab();
    const code = await setUp(old);
    const phones = people(3);
    aCampaign(old.ctx, { id: 1, phones, later: 2 });
    await drain(old.ctx);
    await old.ctx.backstage.moving.moveOut(aStick(), code);
    await old.shop.close();
    await old.reopen();
    await old.ctx.backstage.moving.takeBack();
    await old.shop.close();
    await old.reopen();
    expect(old.shop.readOnly).toBe(false);
    expect(readMeta(old.ctx.db, 'epoch')).toBe('2');
    expect(onHold(old.ctx)).toMatchObject({ look: 'first', restore: { how: 'taken-back' }, campaigns: [{ id: 1 }] });
  });

  it('killed at any step, the old file either is alive or knows that it moved, and never both computers send', async () => {
    const steps = keepsEveryStep();
    const old = await aLab(steps.options);
    steps.of(old.dir);
    const code = await setUp(old);
    await old.ctx.backstage.moving.moveOut(aStick(), code);
    expect(steps.at.map(([name]) => name)).toEqual(['retire', 'copy', 'seal', 'check', 'finish']);
    for (const [name, dir] of steps.at) {
      const killed = await aLab({ dir });
      expect(checkDatabase(join(dir, 'shop.sqlite')).ok, name).toBe(true);
      expect(killed.shop.readOnlyWhy, name).toBe(name === 'retire' ? null : 'retired');
      expect(existsSync(join(dir, 'moving')), name).toBe(false);
    }
  });

  it('killed at any step of arriving, the new computer has either no shop or the whole one', async () => {
    const old = await aLab();
    const code = await setUp(old);
    const [ana] = people(1) as [PhoneE164];
    aCampaign(old.ctx, { id: 1, phones: [ana] });
    stop(old, ana);
    const { path } = await old.ctx.backstage.moving.moveOut(aStick(), code);
    const steps = keepsEveryStep();
    const there = await aLab({ ...steps.options, machine: 'there' });
    steps.of(there.dir);
    await there.ctx.backstage.moving.arrive(path, code);
    expect(steps.at.length).toBeGreaterThanOrEqual(6);
    for (const [name, dir] of steps.at) {
      const killed = await aLab({ dir, machine: 'there' });
      const here = killed.ctx.settings().onboarding.finishedAt !== null;
      expect(here, name).toBe(['swapped', 'journal-swap', 'arrived'].includes(name));
      if (!here) continue;
      expect(marketingState(killed.ctx, ana), name).toBe('out');
      expect(readdirSync(dir), name).not.toContain('journal.log.arriving');
      // and its journal is readable with its key: a restore from here on finds everything
      const copy = await makeBackup(killed.ctx);
      expect(await restoreBackup(killed.ctx, nobody, copy.path), name).toMatchObject({ replayed: 0 });
    }
  });
});

describe('restoring, killed at any step', () => {
  it('leaves the old shop whole or the new one, never none, and nothing that happened is lost', async () => {
    const steps = keepsEveryStep();
    const lab = await aLab(steps.options);
    steps.of(lab.dir);
    await setUp(lab);
    const phones = people(4);
    aCampaign(lab.ctx, { id: 1, phones, later: 2 });
    await drain(lab.ctx);
    const { path } = await makeBackup(lab.ctx);
    stop(lab, phones[3] as PhoneE164);
    await restoreBackup(lab.ctx, nobody, path);
    expect(steps.at.map(([name]) => name)).toEqual(['prepare', 'keep', 'no-log', 'swap', 'swapped', 'noted']);
    for (const [name, dir] of steps.at) {
      const killed = await aLab({ dir });
      expect(checkDatabase(join(dir, 'shop.sqlite')).ok, name).toBe(true);
      expect(marketingState(killed.ctx, phones[3] as PhoneE164), name).toBe('out');
      expect(killed.ctx.db.prepare('SELECT count(*) FROM customer').pluck().get(), name).toBe(4);
      expect(readMeta(killed.ctx.db, 'epoch'), name).toBe(name === 'swapped' || name === 'noted' ? '2' : '1');
      expect(
        readdirSync(dir).filter((f) => f.includes('.restoring')),
        name,
      ).toEqual([]);
    }
  });
});

describe('where a shop file turns up', () => {
  it('written last by another computer, it is held like a restored copy', async () => {
    const lab = await aLab();
    await setUp(lab);
    aCampaign(lab.ctx, { id: 1, phones: people(2), later: 1 });
    await lab.shop.close();
    await lab.reopen({ machine: 'another' });
    expect(onHold(lab.ctx)).toMatchObject({ restore: { how: 'other-computer' }, campaigns: [{ id: 1 }] });
    await lab.shop.close();
    await lab.reopen({ machine: 'another' });
    expect(readMeta(lab.ctx.db, 'epoch')).toBe('2');
  });

  it('gone although its copies are here, no new shop is started in its place', async () => {
    const lab = await aLab();
    await setUp(lab);
    const { path } = await makeBackup(lab.ctx);
    await lab.shop.close();
    const { rmSync } = await import('node:fs');
    for (const f of ['shop.sqlite', 'shop.sqlite-wal', 'shop.sqlite-shm']) rmSync(join(lab.dir, f), { force: true });
    expect(await codeOf(() => lab.reopen())).toBe('shop.gone');
    await lab.reopen({ mend: true });
    expect(onHold(lab.ctx)).toMatchObject({ restore: { how: 'mended', copyAt: expect.any(Number) } });
    expect(readMeta(lab.ctx.db, 'epoch')).toBe('2');
    expect(path).toContain('backups');
  });
});
