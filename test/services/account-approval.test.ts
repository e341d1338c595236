import { listSteps } from '@db/queries/registration';
import { DAY } from '@domain/kernel';
import { accountHealth } from '@services/account/health';
import { lookAtAccount } from '@services/account/look';
import { answerRegistration } from '@services/registration/guide';
import { saveTexting } from '@services/settings/settings';
import { afterEach, describe, expect, it } from 'vitest';
import { anAccountShop, BRAND, CAMPAIGN, closeAccountShop, codes } from '../support/account-shop';
import { SERVICE } from '../support/carrier';
import { aSendingCampaign } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

afterEach(closeAccountShop);

describe('the carriers’ approval', () => {
  const waiting = { campaigns: [{ sid: CAMPAIGN, serviceSid: SERVICE, brandSid: BRAND, status: 'IN_PROGRESS', mps: 4 }] };

  it('is found at the carrier, told to the tracker and written down; nobody has to type it', async () => {
    const s = await anAccountShop(waiting);
    saveTexting(s.ctx, owner, { ...s.ctx.settings().texting, senderApproved: false });
    answerRegistration(s.ctx, owner, { trades: [], ein: true, website: true, tollFree: false });
    await lookAtAccount(s.ctx);
    expect(listSteps(s.ctx.db).map((x) => [x.stage, x.kind])).toEqual([
      ['brand', 'approved'],
      ['campaign', 'submitted'],
    ]);
    expect(s.ctx.settings().texting.senderApproved).toBe(false);
    s.carrier.sim.changeAccount({ campaigns: [{ ...(waiting.campaigns[0] as never as object), status: 'VERIFIED' } as never] });
    s.advance(DAY);
    await lookAtAccount(s.ctx);
    await lookAtAccount(s.ctx);
    expect(listSteps(s.ctx.db).map((x) => [x.stage, x.kind])).toEqual([
      ['brand', 'approved'],
      ['campaign', 'submitted'],
      ['campaign', 'approved'],
    ]);
    expect(s.ctx.settings().texting.senderApproved).toBe(true);
    const actions = s.ctx.db.prepare("SELECT action FROM audit WHERE action LIKE '%seen'").pluck().all();
    expect(actions).toContain('texting.approved-seen');
  });

  it('is never taken back silently: a suspension pauses what is sent once, and asks', async () => {
    const s = await anAccountShop();
    await lookAtAccount(s.ctx);
    const { id } = aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.sim.changeAccount({ campaigns: [{ sid: CAMPAIGN, serviceSid: SERVICE, brandSid: BRAND, status: 'SUSPENDED' }] });
    await lookAtAccount(s.ctx);
    const state = () => s.ctx.db.prepare('SELECT state, pause_reason FROM campaign WHERE id = ?').get(id);
    expect(state()).toEqual({ state: 'paused', pause_reason: 'account:30033' });
    expect(s.ctx.settings().texting.senderApproved).toBe(true);
    expect(codes(s)).toEqual(expect.arrayContaining(['registration-suspended', 'approved-only-here']));
    // the owner knows and goes on: looking again does not pause it again
    s.ctx.db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE id = ?").run(id);
    await lookAtAccount(s.ctx);
    expect(state()).toEqual({ state: 'sending', pause_reason: null });
  });

  it('is not believed where the key may not read it', async () => {
    const s = await anAccountShop({ denied: ['registration'], campaigns: [], brands: [] });
    await lookAtAccount(s.ctx);
    expect(codes(s).filter((c) => c.startsWith('registration'))).toEqual([]);
    expect(accountHealth(s.ctx).sender?.approval.state).toBe('unknown');
  });
});
