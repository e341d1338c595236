import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from '@playwright/test';
import { until } from './app-kill-lab';
import type { BackgroundShop } from './background';
import type { Camera } from './shots';
import { aDraft, row } from './shots-walks';

const DAY = 86_400_000;
/** Why a campaign stands still, as the backend writes it (main/services/outbox/brake.ts). */
const PAUSES = {
  'spend-limit': 'spend-limit',
  account: 'account:20003',
  brake: 'brake:same-error:30006:5/20',
  'opt-outs': 'brake:opt-outs:9/100',
  'second-copy': 'second-copy',
} as const;
/** Why a planned one did not leave (renderer/screens/campaigns/missed-words.ts). */
const MISSED = { off: 'missed', 'more-people': 'people:16/15', price: 'price:9000000/1700000', failed: 'failed' } as const;

interface Status {
  counts: Record<string, number>;
  pauseReason: string | null;
  uncertain: { looking: number; needsDecision: number };
}

/** Writes to the shop's file beside the app: a state that needs a bad day to come about by itself. */
function written(s: BackgroundShop, sql: string, ...values: (string | number | null)[]): void {
  const db = new DatabaseSync(join(s.dataDir, 'practice/shop.sqlite'));
  db.exec('PRAGMA busy_timeout = 5000');
  db.prepare(sql).run(...values);
  db.close();
}

const campaign = async (c: Camera, name: string) => {
  await c.go('this-week');
  await c.go('campaigns');
  await c.press('row', new RegExp(name));
};
const status = (s: BackgroundShop, campaignId: number) => s.call<Status>('outbox/status', { campaignId });

/** Everything of sending and its bad days, in the practice shop: planned, leaving, paused, unknown, asleep, quitting, brought back. */
export async function sending(c: Camera, s: BackgroundShop): Promise<void> {
  await texts(c, s);
  await planned(c, s);
  await numbers(c);
  await onItsWay(c, s);
  await broughtBack(c, s);
}

/** Every text there was, one's story, and a text to the owner's own phone. */
async function texts(c: Camera, s: BackgroundShop): Promise<void> {
  for (const view of ['Waiting', 'Did not arrive', 'Not known', 'Left out']) {
    await c.screen(`texts-${view.toLowerCase().replaceAll(' ', '-')}`, async () => {
      await c.go('texts');
      await c.press('button', view);
    });
  }
  for (const view of ['Did not arrive', 'All']) {
    await c.screen(`texts-story-${view.toLowerCase().replaceAll(' ', '-')}`, async () => {
      await c.go('texts');
      await c.press('button', view);
      await row(c, 2);
    });
    await c.escape();
  }
  const draft = await aDraft(s);
  await c.screen('campaigns-preview', () => campaign(c, draft.name));
  await c.screen('test-text', () => c.press('button', 'Send this to my phone'));
  await c.screen('test-text-sent', async () => {
    await c.page.getByLabel('Your mobile number').fill('(212) 555-0177');
    await c.press('button', 'Send it');
    await expect(c.page.getByRole('dialog').getByRole('status')).toContainText(/carrier|phone|Arrived/, { timeout: 60_000 });
  });
  await c.escape(2);
}

/** A time ahead: chosen, planned, moved, missed. */
async function planned(c: Camera, s: BackgroundShop): Promise<void> {
  const draft = await aDraft(s, 'Thursday boots');
  await c.screen('campaigns-review-time', async () => {
    await campaign(c, draft.name);
    await c.press('button', 'Check and send');
    await c.page.getByText('At a time', { exact: true }).click();
    await expect(c.page.getByRole('button', { name: /^Plan it for/ })).toBeVisible({ timeout: 30_000 });
  });
  await c.escape(2);
  const { now } = await s.carrier.control<{ now: number }>('clock');
  const review = await s.call<{ quoteToken: string; ceiling: { people: number } }>('campaigns/review', { id: draft.id, at: now + DAY });
  await s.call('campaigns/schedule', {
    id: draft.id,
    quoteToken: review.quoteToken,
    at: now + DAY,
    latePolicy: 'ask',
    ceilingPeople: review.ceiling.people,
    viaCarrier: false,
  });
  await c.screen('campaigns-planned', () => campaign(c, draft.name));
  await c.screen('campaigns-planned-move', () => c.press('button', 'Another time'));
  await c.escape(2);
  await c.screen('login-offer', () => c.go('this-week'));
  for (const [name, reason] of Object.entries(MISSED)) {
    await c.screen(`campaigns-missed-${name}`, async () => {
      written(s, "UPDATE campaign SET pause_reason = ? WHERE state = 'scheduled'", reason);
      await campaign(c, draft.name);
    });
  }
  await c.screen('campaigns-missed-list', () => c.go('campaigns'));
  await s.call('campaigns/cancel', { id: draft.id });
}

/** Who cannot be texted, and the paid look-up. */
async function numbers(c: Camera): Promise<void> {
  await c.screen('cannot-text-landlines', async () => {
    await c.go('customers');
    await c.press('button', 'Can’t be texted');
    await c.press('button', /^Landline/);
  });
  await c.screen('cannot-text-correct', () => c.press('button', /^Correct the number of/));
  await c.escape();
  await c.screen('cannot-text-look-up', async () => {
    await c.press('button', /^Look numbers up/);
    await expect(c.page.getByText('Together')).toBeVisible();
  });
  await c.escape();
}

/** While texts leave: the panel, a sleep, quitting, the one switch, a text nobody knows of, each pause. */
async function onItsWay(c: Camera, s: BackgroundShop): Promise<void> {
  const { campaignId } = await s.sendSlowly();
  await c.screen('sending', () => campaign(c, 'Boots are in'));
  await c.screen('away-slept', async () => {
    await s.emit('suspend');
    await c.page.waitForTimeout(1500); // what was under way is answered
    await s.carrier.control('clock', { advance: 20 * 60_000 });
    await s.emit('resume');
    await expect(c.page.getByText(/This computer slept for/)).toBeVisible();
  });
  await s.carrier.control('faults', { method: 'POST', path: 'Messages.json', times: 3, effect: { kind: 'reset' } });
  await until(
    'the line broke',
    () => status(s, campaignId),
    (x) => x.uncertain.looking === 3,
  );
  await c.screen('sending-looking', () => campaign(c, 'Boots are in'));
  await c.screen('quit', async () => {
    await s.quit('window');
    await expect(c.page.getByRole('dialog')).toBeVisible();
  });
  await c.escape();
  await c.screen('paused-all', async () => {
    await s.call('outbox/pause-all');
    await expect(c.page.getByText(/All sending has been paused since/)).toBeVisible();
  });
  await s.call('outbox/resume-all');
  await until(
    'it has been looked for during an hour',
    async () => {
      await s.carrier.control('clock', { advance: 10 * 60_000 });
      await c.page.waitForTimeout(700);
      return status(s, campaignId);
    },
    (x) => x.uncertain.needsDecision === 3,
  );
  await c.screen('sending-unknown', () => campaign(c, 'Boots are in'));
  await c.screen('texts-unknown', async () => {
    await c.go('texts');
    await c.press('button', 'Not known');
  });
  await c.screen('texts-send-again', () => c.press('button', 'Send again'));
  await c.escape();
  await c.screen('clock-wrong', async () => {
    await s.carrier.control('switches', { dateSkewMs: -7_200_000 });
    await expect(c.page.getByText(/This computer’s clock is/)).toBeVisible({ timeout: 90_000 });
  });
  await s.carrier.control('switches', { dateSkewMs: 0 });
  await s.call('away/check-clock');
  await s.call('campaigns/pause', { id: campaignId });
  await c.screen('paused-owner', () => campaign(c, 'Boots are in'));
  for (const [name, reason] of Object.entries(PAUSES)) {
    await c.screen(`paused-${name}`, async () => {
      written(s, 'UPDATE campaign SET pause_reason = ? WHERE id = ?', reason, campaignId);
      await campaign(c, 'Boots are in');
    });
  }
  await s.call('campaigns/resume', { id: campaignId });
}

/** An older copy takes the shop's place: what came back, and what waits for the owner. */
async function broughtBack(c: Camera, s: BackgroundShop): Promise<void> {
  const task = await s.call<string>('backups/make');
  await until(
    'the copy',
    async () => (await s.call<{ id: string; state: string }[]>('tasks/list')).find((t) => t.id === task)?.state,
    (state) => state === 'done',
  );
  const { files } = await s.call<{ files: { path: string }[] }>('backups/list');
  await s.call('backups/restore', { path: files[0]?.path });
  await c.page.waitForTimeout(1500); // signed out by the restart
  await s.signIn();
  await until(
    'the first look',
    () => s.call<{ look: string } | null>('restore/state').catch(() => null),
    (x) => x !== null && x.look !== 'first',
  );
  await c.screen('restore-banner', () => c.go('this-week'));
  await c.screen('restore-on-hold', () => c.go('restore'));
  await c.screen('restore-early', () => c.press('button', /^Send the other/));
  await c.escape();
}
