import { DAY } from '@domain/kernel';
import { restDependsOnAbsence } from '@domain/segments/rule';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { afterEach, expect, it } from 'vitest';
import { aGroup, somePeople } from '../support/parts';
import { aDraft, textsOf } from '../support/planned';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

/*
 * A campaign of two groups: "bought a suit", and everybody else: "time for a suit?". Who is left over depends on not having bought, but
 * only a group's own rule was looked at: it left on sales of last week, to people who had bought theirs since.
 */
const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});

const SUIT = { is: 'bought', what: 'category', name: 'Suits', days: null, did: true } as const;

it('everybody else did not do what the groups before them did', () => {
  expect(restDependsOnAbsence({ all: [] }, [SUIT])).toBe(true);
  expect(
    restDependsOnAbsence({ all: [] }, [
      { is: 'tag', tag: 'x' },
      { is: 'last-visit', op: 'within', days: 30 },
    ]),
  ).toBe(true);
  expect(restDependsOnAbsence(SUIT, [])).toBe(false);
  // "our best, and everybody else" tells nobody that they are missed
  expect(
    restDependsOnAbsence({ all: [] }, [
      { is: 'rfm', class: 'champions' },
      { is: 'language', language: 'es' },
    ]),
  ).toBe(false);
});

it('their text waits for the till file, and is not sent to whoever came since', async () => {
  const s = await aSendingShop({ carrier: { people: 'none' } });
  open.push(s);
  const [came] = somePeople(s.ctx, [{}, {}]);
  const id = aDraft(s.ctx, {
    segmentId: aGroup(s.ctx, SUIT),
    more: [{ segmentId: aGroup(s.ctx, { all: [] }), body: '{shop}: time for a suit?', offerId: null }],
  });
  expect((await review(s.ctx, id)).checks).toContainEqual({ code: 'sales-behind', level: 'stop' });
  const now = s.ctx.clock.now();
  s.ctx.db
    .prepare(
      `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, last_sale_at)
       VALUES ('till.csv', '', 1, 'square-items', 'square', '{}', 'done', ?, ?, ?)`,
    )
    .run(now, now, now - DAY / 2);
  const { quoteToken } = await review(s.ctx, id);
  await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: quoteToken ?? '' }, owner));
  s.advance(1000);
  s.ctx.db.prepare('INSERT INTO visit_note (customer_id, at) VALUES (?, ?)').run(came?.id, s.ctx.clock.now());
  await s.drain();
  expect(textsOf(s.ctx, id).map((t) => t.reason)).toEqual(['came-since', null]);
});
