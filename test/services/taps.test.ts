import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkCapable } from '@db/queries/phone-facts';
import { countRule } from '@db/queries/segments';
import { campaignTaps } from '@db/queries/taps';
import { type CampaignId, type CustomerId, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { personTimeline } from '@services/customers/list';
import { campaignReport } from '@services/reports/campaign';
import { factsNow } from '@services/segments/segments';
import { readTaps } from '@services/taps/read';
import { connectLinks, disconnectLinks, linkSourceView } from '@services/taps/source';
import { afterEach, describe, expect, it } from 'vitest';
import { aDraft, addPeople } from '../support/planned';
import { refusalOf } from '../support/refusal';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner, type TestCtx } from '../support/test-ctx';

const open: SendingShop[] = [];
const dirs: string[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
  for (const d of dirs.splice(0)) rmSync(d, { recursive: true, force: true });
});
const aFile = (text: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'taps-'));
  dirs.push(dir);
  const path = join(dir, 'clicks.csv');
  writeFileSync(path, text);
  return path;
};
const HEAD = 'code,time,user agent\n';
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1';

/** A shop with links whose campaign reached its people. */
async function tapped(people: number, o: { base?: string } = {}) {
  const s = await aSendingShop({
    carrier: { people: 'none', switches: { distribution: [{ weight: 1, outcome: { status: 'delivered' } }], priceDelayMs: MINUTE } },
    settings: { shop: { name: 'Corner Shoes', website: 'https://www.cornershoes.com' } },
  });
  open.push(s);
  const path = aFile(HEAD);
  await connectLinks(s.ctx, owner, { base: o.base ?? 'https://cornershoes.com/t', path });
  const added = addPeople(s.ctx, 0, people);
  const id = aDraft(s.ctx, { body: '{shop}: Hi {first name|there}, boots: {link} or reply HOLD.' });
  const r = await review(s.ctx, id);
  await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  await s.run(() => texts(s.ctx, id).every((t) => t.state === 'delivered'), 3_600_000);
  return { s, ctx: s.ctx, path, id, people: added, review: r };
}
const texts = (ctx: TestCtx, id: CampaignId) =>
  ctx.db
    .prepare(
      "SELECT customer_id AS customerId, state, body, left_at AS leftAt, final_at AS finalAt FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? ORDER BY id",
    )
    .all(String(id)) as { customerId: CustomerId; state: string; body: string; leftAt: UtcMs; finalAt: UtcMs }[];
const codeIn = (body: string) => /cornershoes\.com\/t\/(\w{8})\b/.exec(body)?.[1] ?? '';
const row = (code: string, at: number, agent = PHONE) => `${code},${new Date(at).toISOString()},"${agent}"\n`;
const tapRule = { is: 'reacted', campaignId: null, how: 'tapped' } as const;

describe('links in texts', () => {
  it('everybody gets their own on the shop’s domain, as long as the quote reckoned, and a tap reaches every place it should', async () => {
    const { ctx, path, id, review: r } = await tapped(3);
    const sent = texts(ctx, id);
    expect(new Set(sent.map((t) => codeIn(t.body))).size).toBe(3);
    expect(r.longest.text.length).toBe(Math.max(...sent.map((t) => t.body.length)));
    const [ana, ben] = sent as [(typeof sent)[0], (typeof sent)[0]];
    const at = ana.finalAt + 5 * MINUTE;
    ctx.clock.advance(10 * MINUTE);
    appendFileSync(
      path,
      row(codeIn(ana.body), at) + row(codeIn(ana.body), at + 1000) + row(`/t/${codeIn(ben.body).toUpperCase()}/?utm=x`, at),
    );
    expect(await readTaps(ctx)).toBe(3);
    // read again, and from the beginning: nothing new
    expect(await readTaps(ctx)).toBe(0);
    ctx.db.raw.exec("UPDATE link_source SET mark = '{}'");
    expect(await readTaps(ctx)).toBe(0);
    expect(campaignTaps(ctx.db, id)).toMatchObject({ links: 3, people: 2, taps: 3, firstAt: at });
    expect(linkCapable(ctx.db, ana.customerId)?.value).toBe('yes');
    expect(countRule(ctx.db, tapRule, factsNow(ctx))).toBe(2);
    const line = personTimeline(ctx, ana.customerId, { offset: 0, limit: 50 });
    expect(line.entries.filter((e) => e.kind === 'tap').map((e) => e.at)).toEqual([at + 1000, at]);
    const report = await campaignReport(ctx, id);
    expect(report.funnel.find((f) => f.name === 'tapped')).toMatchObject({ count: 2, of: 'delivered' });
  });

  it('robots, previews and clicks from before the text count for nobody, and it is said why', async () => {
    const { ctx, path, id } = await tapped(1);
    const [ana] = texts(ctx, id) as [ReturnType<typeof texts>[0]];
    const code = codeIn(ana.body);
    const { leftAt, finalAt } = ana;
    ctx.clock.advance(10 * MINUTE);
    appendFileSync(
      path,
      row(code, finalAt + 60 * SECOND, 'facebookexternalhit/1.1') +
        row(code, finalAt + 2 * SECOND) +
        row(code, leftAt - 60 * MINUTE) +
        `${code},yesterday,x\n` +
        row('zzzzzzzz', finalAt),
    );
    await readTaps(ctx);
    expect(campaignTaps(ctx.db, id)).toMatchObject({
      people: 0,
      discounted: expect.arrayContaining([
        { why: 'robot', count: 1 },
        { why: 'preview', count: 1 },
        { why: 'before-text', count: 1 },
      ]),
    });
    expect(linkSourceView(ctx)).toMatchObject({ unread: 1, strangers: 1, clicks: 3, counted: 0 });
    expect(linkCapable(ctx.db, ana.customerId)?.value).toBe('unknown');
    expect(countRule(ctx.db, tapRule, factsNow(ctx))).toBe(0);
  });

  it('a click that was read before its text’s receipt is judged again when it is there', async () => {
    const { ctx, path, id } = await tapped(1);
    const [ana] = texts(ctx, id) as [ReturnType<typeof texts>[0]];
    const at = ana.leftAt + 30 * MINUTE;
    ctx.db.raw.exec("UPDATE outbox SET state = 'sent', final_at = NULL");
    ctx.clock.advance(40 * MINUTE);
    appendFileSync(path, row(codeIn(ana.body), at));
    await readTaps(ctx);
    expect(campaignTaps(ctx.db, id)?.people).toBe(1);
    ctx.db.prepare("UPDATE outbox SET state = 'delivered', final_at = ?").run(at - 2 * SECOND); // a phone that was off
    await readTaps(ctx);
    expect(campaignTaps(ctx.db, id)).toMatchObject({ people: 0, discounted: [{ why: 'preview', count: 1 }] });
  });

  it('without a link source there is no tap anywhere, whatever was read before', async () => {
    const { ctx, path, id } = await tapped(1);
    const [ana] = texts(ctx, id) as [ReturnType<typeof texts>[0]];
    ctx.clock.advance(10 * MINUTE);
    appendFileSync(path, row(codeIn(ana.body), ana.finalAt + MINUTE));
    await readTaps(ctx);
    expect(countRule(ctx.db, tapRule, factsNow(ctx))).toBe(1);
    disconnectLinks(ctx, owner);
    expect(linkSourceView(ctx)).toBeNull();
    expect(campaignTaps(ctx.db, id)).toBeNull();
    expect(countRule(ctx.db, tapRule, factsNow(ctx))).toBe(0);
    expect(personTimeline(ctx, ana.customerId, { offset: 0, limit: 50 }).entries.some((e) => e.kind === 'tap')).toBe(false);
    expect((await campaignReport(ctx, id)).funnel.some((f) => f.name === 'tapped')).toBe(false);
    appendFileSync(path, row(codeIn(ana.body), ana.finalAt + 2 * MINUTE));
    expect(await readTaps(ctx)).toBe(0);
    // and a new text cannot promise a link
    const draft = aDraft(ctx, { body: '{shop}: {link}', name: 'Next' });
    expect((await review(ctx, draft)).checks).toContainEqual({ code: 'no-links', level: 'stop' });
  });

  it('refuses shorteners, other people’s domains and files it cannot read', async () => {
    const s = await aSendingShop({ settings: { shop: { name: 'Corner Shoes', website: 'cornershoes.com' } } });
    open.push(s);
    const path = aFile(HEAD);
    for (const base of ['bit.ly/x', 'https://t.ly', 'othershop.com/t', 'not an address', 'ftp://cornershoes.com']) {
      expect((await refusalOf(connectLinks(s.ctx, owner, { base, path }))).code, base).toBe('taps.bad-base');
    }
    expect((await refusalOf(connectLinks(s.ctx, owner, { base: 'cornershoes.com/t', path: `${path}.not` }))).code).toBe('taps.bad-file');
    expect((await refusalOf(connectLinks(s.ctx, owner, { base: 'cornershoes.com/t', path: aFile('a;b\n1;2\n') }))).code).toBe(
      'taps.bad-file',
    );
    expect(linkSourceView(s.ctx)).toBeNull();
    await connectLinks(s.ctx, owner, { base: 'go.cornershoes.com', path });
    expect(linkSourceView(s.ctx)).toMatchObject({ base: 'go.cornershoes.com/', state: 'fine' });
  });
});
