import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '@db/open';
import { readSettings } from '@db/queries/settings';
import { replayJournal } from '@services/backups/replay';
import { flushSent } from '@services/backups/sent-journal';
import { runLadders } from '@services/campaigns/ladder-run';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aLadderShop, aStep, begin, type LadderShop, percentOff, wrote } from '../support/ladder-shop';
import type { TestCtx } from '../support/test-ctx';

let shop: LadderShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

/*
 * Story: on the eighth day Ana got "15 %, since we did not see you", and answered it. That night the disk died and the copy of the sixth
 * day came back. It had never heard of her step: for it she stood at the first text and had answered that one, so the step for those who
 * answered went to her as well, and Bo, who had come in to say hello, was missed aloud. The journal now knows who took which step.
 */
it('nobody takes a second step from the same text after a copy from before the first one was brought back', async () => {
  shop = await aLadderShop({
    people: 3,
    steps: (ctx) => [
      aStep({ key: 'again', reaction: 'nothing', afterDays: 7, offerId: percentOff(ctx, 15), body: '{shop}: 15 %: {code}. Reply SUIT.' }),
      aStep({ key: 'called', reaction: 'replied', afterDays: 2 }),
    ],
  });
  const s = shop;
  await begin(s);
  await s.to(6);
  const file = join(mkdtempSync(join(tmpdir(), 'regulars-copy-')), 'copy.sqlite');
  writeFileSync(file, s.ctx.db.raw.serialize());
  // Bo's visit is written down at the counter and ends his path; a visit is not in the journal
  s.ctx.db.prepare('INSERT INTO visit_note (customer_id, at) VALUES (?, ?)').run(s.people[1]?.id, s.ctx.clock.now());
  await s.to(8);
  expect(s.texts(s.step('again')).map((t) => t.who)).toEqual([0, 2]);
  wrote(s, 0, 'suit please');
  await s.to(9);
  flushSent(s.ctx);

  const db = openDb(file);
  const copy: TestCtx = { ...s.ctx, db, settings: () => readSettings(db) };
  const now = s.ctx.clock.now();
  const { brought } = db.tx((trx) => replayJournal(trx, copy.hmacKey, s.ctx.journalled, now));
  expect(brought.followUps).toBe(4);
  const moves = () =>
    db.prepare('SELECT customer_id AS id, to_id AS "to", outcome, reason FROM ladder_move ORDER BY customer_id, from_id').all();
  const [ana, bo, cy] = s.people.map((p) => p.id);
  const known = [
    { id: ana, to: s.step('again'), outcome: 'text', reason: null },
    { id: ana, to: null, outcome: 'end', reason: 'replied' },
    { id: bo, to: null, outcome: 'end', reason: 'came' },
    { id: cy, to: s.step('again'), outcome: 'text', reason: null },
  ];
  expect(moves()).toEqual(known);
  // each stands at the step with their own text and code
  const stands = db.prepare(
    `SELECT p.customer_id AS id, o.code FROM campaign_person p JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(p.campaign_id AS TEXT)
       AND o.address = p.phone WHERE p.campaign_id = ? AND p.arm = 'text' AND p.stratum <> '' ORDER BY 1`,
  );
  expect(stands.all(s.step('again'))).toEqual([
    { id: ana, code: expect.stringMatching(/^\w{7}$/) },
    { id: cy, code: expect.stringMatching(/^\w{7}$/) },
  ]);

  // the owner lets it go on
  db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE pause_reason = 'restored'").run();
  await senderTurn(copy);
  for (let day = 0; day < 3; day++) {
    s.advance(24 * 3_600_000);
    await runLadders(copy);
    await senderTurn(copy);
  }
  expect(moves().filter((m) => (m as { to: number | null }).to === s.step('called'))).toEqual([]);
  expect(
    db
      .prepare('SELECT count(*) FROM outbox WHERE cause_id = ?')
      .pluck()
      .get(String(s.step('called'))),
  ).toBe(0);
  expect(db.tx((trx) => replayJournal(trx, copy.hmacKey, s.ctx.journalled, now)).brought.followUps, 'known now').toBe(0);
});
