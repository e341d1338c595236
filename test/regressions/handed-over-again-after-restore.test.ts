import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { DAY, HOUR, type PhoneE164, type Zone } from '@domain/kernel';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { endHeld, goOn, onHold } from '@services/backups/on-hold';
import { flushSent } from '@services/backups/sent-journal';
import { pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { SERVICE } from '../support/carrier';
import { aDraft, planned, textsOf } from '../support/planned';
import { aRestoreLab, nobody, type RestoreLab, setUp } from '../support/restore-lab';
import { aNewYorker, givePermission } from '../support/sending-shop';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let lab: RestoreLab;
afterEach(async () => {
  await lab.close();
});
const turns = async (n = 6) => {
  for (let i = 0; i < n; i++) await senderTurn(lab.ctx);
};

async function heldAndCopied() {
  lab = await aRestoreLab();
  await setUp(lab, { sender: { kind: 'service', sid: SERVICE }, numbers: [OURS] });
  const phones = [0, 1, 2].map(aNewYorker);
  givePermission(lab.ctx, phones);
  for (const p of phones) {
    lab.ctx.db
      .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES ('A', ?, 'mobile', 1, 1)")
      .run(p);
  }
  const id = await planned(lab.ctx as never, { id: aDraft(lab.ctx as never), at: THURSDAY, viaCarrier: true });
  await turns();
  lab.advance(1000);
  const { path } = await makeBackup(lab.ctx);
  return { id, path };
}

async function restored(path: string) {
  flushSent(lab.ctx);
  rmSync(join(lab.dir, 'journal.log'), { force: true });
  await restoreBackup(lab.ctx, nobody, path);
  await lab.shop.close();
  await lab.reopen();
  await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
}

it('texts called back and handed over anew since the copy, and delivered, do not leave once more', async () => {
  const { id, path } = await heldAndCopied();
  pauseCampaign(lab.ctx, id, nobody);
  await turns();
  resumeCampaign(lab.ctx, id, nobody);
  await turns();
  lab.advance(THURSDAY + HOUR - lab.clock.now());
  const there = () => lab.carrier.sim.messages().filter((m) => m.m.direction !== 'inbound' && m.status === 'delivered').length;
  expect(there()).toBe(3);
  await restored(path);
  await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, id, false));
  // past the days between two texts, which would have hidden it
  for (let d = 0; d < 8; d++) {
    await turns(3);
    lab.advance(DAY);
  }
  expect(there()).toBe(3);
  expect(textsOf(lab.ctx as never, id).map((t) => t.state)).toEqual(['delivered', 'delivered', 'delivered']);
}, 60_000);

it('texts called back since a restore whose campaign the owner ends wait for nothing', async () => {
  const { id, path } = await heldAndCopied();
  lab.advance(HOUR);
  await restored(path);
  await turns();
  endHeld(lab.ctx, nobody, id);
  await turns();
  expect(textsOf(lab.ctx as never, id).map((t) => t.state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
});

it('texts called back since a restore leave once when the owner goes on', async () => {
  const { id, path } = await heldAndCopied();
  lab.advance(HOUR);
  await restored(path);
  await turns();
  await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, id, false));
  await turns();
  lab.advance(THURSDAY + HOUR - lab.clock.now());
  await turns();
  expect(textsOf(lab.ctx as never, id).map((t) => t.state)).toEqual(['delivered', 'delivered', 'delivered']);
  expect(lab.carrier.sim.messages().filter((m) => m.status === 'delivered')).toHaveLength(3);
});
