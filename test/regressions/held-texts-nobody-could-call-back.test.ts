import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { HOUR, type PhoneE164, type Zone } from '@domain/kernel';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { onHold } from '@services/backups/on-hold';
import { flushSent } from '@services/backups/sent-journal';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { SERVICE } from '../support/carrier';
import { aDraft, planned } from '../support/planned';
import { aRestoreLab, nobody, type RestoreLab, setUp } from '../support/restore-lab';
import { aNewYorker, givePermission } from '../support/sending-shop';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let lab: RestoreLab;
afterEach(async () => {
  await lab.close();
});

it.each(['with its journal', 'without a journal'])(
  'a campaign handed to the carrier after the copy was made does not leave after a restore, %s',
  async (how) => {
    lab = await aRestoreLab();
    await setUp(lab, { sender: { kind: 'service', sid: SERVICE }, numbers: [OURS] });
    const phones = [0, 1, 2].map(aNewYorker);
    givePermission(lab.ctx, phones);
    for (const p of phones) {
      lab.ctx.db
        .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES ('A', ?, 'mobile', 1, 1)")
        .run(p);
    }
    const draft = aDraft(lab.ctx as never);
    lab.advance(1000);
    const { path } = await makeBackup(lab.ctx);
    lab.advance(HOUR);
    await planned(lab.ctx as never, { id: draft, at: THURSDAY, viaCarrier: true });
    for (let i = 0; i < 6; i++) await senderTurn(lab.ctx);
    expect(lab.carrier.sim.messages().map((m) => m.status)).toEqual(['scheduled', 'scheduled', 'scheduled']);
    flushSent(lab.ctx);
    lab.advance(HOUR);
    if (how === 'without a journal') rmSync(join(lab.dir, 'journal.log'), { force: true });
    await restoreBackup(lab.ctx, nobody, path);
    await lab.shop.close();
    await lab.reopen();
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
    for (let i = 0; i < 6; i++) await senderTurn(lab.ctx);
    lab.advance(THURSDAY + HOUR - lab.clock.now());
    for (let i = 0; i < 6; i++) await senderTurn(lab.ctx);
    expect(lab.carrier.sim.messages().map((m) => m.status)).toEqual(['canceled', 'canceled', 'canceled']);
  },
);
