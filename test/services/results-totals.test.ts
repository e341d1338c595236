import { papers } from '@contract/papers';
import { addDays, shopDay } from '@domain/calendar';
import { minorDigits } from '@domain/imports/money';
import type { CampaignId, Zone } from '@domain/kernel';
import { campaignCsv, paperCsv, plainMicros, plainMoney } from '@renderer/print/csv';
import { sayOf } from '@renderer/screens/reports/format';
import { print } from '@renderer/strings/print';
import { reports as reportWords } from '@renderer/strings/reports';
import { campaignPaper, weekPaper } from '@services/papers/papers';
import { breakdown, campaignLines, figurePeople } from '@services/reports/breakdown';
import { campaignReport } from '@services/reports/campaign';
import { offersApart } from '@services/reports/offers-apart';
import { busyAndSlow } from '@services/reports/over-time';
import { overview } from '@services/reports/overview';
import { thisWeek } from '@services/reports/week';
import { describe, expect, it } from 'vitest';
import { messyShop, Rows } from '../support/naive-results';
import { NOON } from '../support/test-ctx';

/** Screen, paper, file and the raw rows agree to the smallest coin in a shop where everything is crooked (test/support/naive-results.ts). */
/** Cells of a file of ours. */
const cells = (csv: string): string[][] =>
  csv
    .replace('\ufeff', '')
    .trim()
    .split('\r\n')
    .map((l) => [...l.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => (m[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"')));

const CURRENCIES = ['USD', 'JPY', 'KWD'] as const;

describe.each(CURRENCIES)('in %s', (currency) => {
  it('every total is the same on screen, on paper, in files and in the rows, to the smallest coin', { timeout: 120_000 }, async () => {
    const shop = await messyShop(currency);
    const { ctx } = shop;
    const digits = minorDigits(currency);
    const say = sayOf({ currency, zone: 'America/New_York' as Zone }, 'en-US', NOON);
    const read = (text: string) => Math.round(Number(text.replaceAll('\u2212', '-').replace(/[^\d.-]/g, '')) * 10 ** digits);
    const w = { c: reportWords.en.campaign, p: print.en };
    const coins = (micros: number) => Math.round(micros / 10 ** (6 - 2)); // texts are paid in dollars

    const everything = async () => {
      const rows = new Rows(shop);
      const credits = rows.credits();
      expect(new Set(credits.map((c) => c.sale.id)).size).toBe(credits.length);
      const net = (list: typeof credits) => list.reduce((n, c) => n + c.net, 0);
      const list = (await campaignLines(ctx, { offset: 0, limit: 50 })).campaigns;
      const { campaigns } = await overview(ctx);
      for (const h of rows.heads) {
        const id = h.id as CampaignId;
        const r = await campaignReport(ctx, id);
        const paper = await campaignPaper(ctx, id);
        papers['papers/campaign'].output.parse(paper);
        expect(paper.report).toEqual(r);
        const file = new Map(
          cells(campaignCsv(r, { currency, zone: 'America/New_York' }, '2026-07-20')).map((c) => [c[0] ?? '', c[1] ?? '']),
        );
        expect(new Map(cells(paperCsv(paper).text).map((c) => [c[0] ?? '', c[1] ?? '']))).toEqual(file);
        const line = list.find((l) => l.id === id);
        expect(line).toEqual(campaigns.find((l) => l.id === id));

        for (const kind of ['direct', 'influenced'] as const) {
          const mine = credits.filter((c) => c.campaign === h.id && c.kind === kind);
          expect(r.takings[kind], `${kind} of ${h.id}`).toEqual({ sales: mine.length, net: net(mine) });
          expect(line?.[kind]).toBe(net(mine));
          expect(read(say.cents(r.takings[kind].net))).toBe(net(mine));
          expect(read(file.get(w.c.money[kind]) ?? '')).toBe(net(mine));
          expect(read(plainMoney(line?.[kind] ?? 0, currency))).toBe(net(mine));
          // from the sum to its people
          const people = (await figurePeople(ctx, { campaignId: id, figure: kind, part: null, words: null, after: null, limit: 500 })).rows;
          const drawn = new Set(
            shop.all<{ id: number }>('SELECT customer_id AS id FROM campaign_person WHERE campaign_id = ?', h.id).map((p) => p.id),
          );
          const texted = new Set(
            shop
              .all<{ id: number }>("SELECT customer_id AS id FROM campaign_person WHERE campaign_id = ? AND arm = 'text'", h.id)
              .map((p) => p.id),
          );
          expect(drawn.size).toBeGreaterThanOrEqual(texted.size);
          expect(people.reduce((n, p) => n + p[kind], 0)).toBe(net(mine.filter((c) => c.who !== null && texted.has(c.who))));
        }
        expect(r.takings.discounts).toBe(rows.discounts(h.id));
        expect(read(file.get(w.c.money.discount) ?? '')).toBe(rows.discounts(h.id));
        const open = rows.uses.filter((u) => u.campaign === h.id && u.sale === null);
        expect(r.takings.provisional).toEqual({ redemptions: open.length, amount: open.reduce((n, u) => n + (u.amount ?? 0), 0) });

        const cost = rows.cost((t) => t.campaign === h.id);
        expect(r.cost.known + r.cost.expected).toBe(cost);
        expect(line?.cost).toBe(cost);
        expect(Math.round(Number(file.get(w.c.money.cost)) * 100)).toBe(coins(cost));
        expect(Math.round(Number(say.micros(cost, 'USD').replace(/[^\d.]/g, '')) * 100)).toBe(coins(cost));
        expect(plainMicros(cost, 'USD')).toBe((coins(cost) / 100).toFixed(2));

        if (r.comparison && h.id !== 3) {
          for (const side of ['text', 'control'] as const) {
            expect(r.comparison[side], `${side} of ${h.id}`).toMatchObject(rows.arm(h, side, null));
            if (r.after28Days) expect(r.after28Days[side]).toMatchObject(rows.arm(h, side, 28));
          }
          const { text, control, profitRange } = r.comparison;
          const buyers = text.buyers + control.buyers;
          const worth = ((text.margin ?? 0) + (control.margin ?? 0)) / buyers;
          const per = (a: typeof text) => (a.buyers === 0 ? 0 : (worth - a.discounts / a.buyers) * (a.buyers / a.n));
          const paid =
            currency === 'USD' ? Math.round(rows.cost((t) => t.campaign === h.id || (h.id === 2 && t.campaign === 3)) / 10_000) : null;
          if (paid === null) expect(profitRange).toBeNull();
          else expect(profitRange?.estimate).toBeCloseTo((per(text) - per(control)) * text.n - paid, 6);
        }
        const { rows: parts } = await breakdown(ctx, id);
        for (const key of ['direct', 'influenced'] as const)
          expect(parts.filter((p) => p.arm === 'text').reduce((n, p) => n + p[key], 0)).toBe(
            net(
              credits.filter(
                (c) =>
                  c.campaign === h.id &&
                  c.kind === key &&
                  shop.all("SELECT 1 FROM campaign_person WHERE campaign_id = ? AND customer_id = ? AND arm = 'text'", h.id, c.who).length >
                    0,
              ),
            ),
          );
        expect(parts.reduce((n, p) => n + p.cost, 0)).toBe(
          rows.cost((t) => t.campaign === h.id && t.segments < 2) +
            rows.cost((t) => t.campaign === h.id && t.segments === 2 && (t.price !== null || t.quoted !== null)),
        );
      }

      // what the offers brought is what their campaigns did, each text once
      const { offers } = await offersApart(ctx);
      const ofTexted = credits.filter(
        (c) =>
          shop.all("SELECT 1 FROM campaign_person WHERE campaign_id = ? AND customer_id = ? AND arm = 'text'", c.campaign, c.who).length >
          0,
      );
      expect(offers.reduce((n, o) => n + o.direct + o.influenced, 0)).toBe(net(ofTexted));

      const week = await thisWeek(ctx);
      const paper = await weekPaper(ctx);
      papers['papers/week'].output.parse(paper);
      const { direct, influenced, takings } = week.week;
      expect(takings).toBe(rows.takings(week.firstDay, week.lastDay));
      const of = (kind: string) => net(credits.filter((c) => c.kind === kind && c.sale.day >= week.firstDay && c.sale.day <= week.lastDay));
      expect([direct, influenced]).toEqual([of('direct'), of('influenced')]);
      expect(paper.week.week).toEqual(week.week);
      const file = new Map(cells(paperCsv(paper).text).map((c) => [c[0] ?? '', c[1] ?? '']));
      for (const name of ['takings', 'direct', 'influenced'] as const) {
        expect(read(file.get(w.p.week.rows[name]) ?? '')).toBe(week.week[name]);
        expect(read(say.cents(week.week[name]))).toBe(week.week[name]);
        expect(read(file.get(w.p.save.before(w.p.week.rows[name])) ?? '')).toBe(week.before[name]);
      }
      expect(week.before.takings).toBe(rows.takings(addDays(week.firstDay, -7), addDays(week.firstDay, -1)));

      const time = await busyAndSlow(ctx, 20);
      expect(time.weeks.reduce((n, x) => n + x.net, 0)).toBe(rows.takings(time.from, time.to));
      expect(time.to <= shopDay(NOON, 'America/New_York' as Zone)).toBe(true);
      return true;
    };
    // halves of a cent too: a fraction of two lies a little under 1.005
    for (const micros of [1_005_000, 10_075_000, 1_115_000, 2_675_000, 8_300_000_000_005_000])
      expect(Math.round(Number(say.micros(micros, 'USD').replace(/[^\d.]/g, '')) * 100)).toBe(
        Math.round(Number(plainMicros(micros, 'USD')) * 100),
      );
    await everything();
    if (currency !== 'USD') return;

    // a single cent anywhere does not go by unnoticed
    const cent: [string, string][] = [
      [
        "UPDATE sale_credit SET net = net + 1 WHERE sale_id = (SELECT min(sale_id) FROM sale_credit WHERE kind = 'direct')",
        "UPDATE sale_credit SET net = net - 1 WHERE sale_id = (SELECT min(sale_id) FROM sale_credit WHERE kind = 'direct')",
      ],
      [
        "UPDATE outcome_total SET list = list + 1 WHERE campaign_id = 1 AND arm = 'control'",
        "UPDATE outcome_total SET list = list - 1 WHERE campaign_id = 1 AND arm = 'control'",
      ],
      [
        "UPDATE outcome_total SET margin = margin + 1 WHERE campaign_id = 4 AND arm = 'text' AND part = 2",
        "UPDATE outcome_total SET margin = margin - 1 WHERE campaign_id = 4 AND arm = 'text' AND part = 2",
      ],
      [
        'UPDATE campaign_cost SET known = known + 1 WHERE campaign_id = 3',
        'UPDATE campaign_cost SET known = known - 1 WHERE campaign_id = 3',
      ],
      [
        'UPDATE day_fact SET net = net + 1 WHERE day = (SELECT max(day) FROM day_fact) AND hour = (SELECT max(hour) FROM day_fact WHERE day = (SELECT max(day) FROM day_fact))',
        'UPDATE day_fact SET net = net - 1 WHERE day = (SELECT max(day) FROM day_fact) AND hour = (SELECT max(hour) FROM day_fact WHERE day = (SELECT max(day) FROM day_fact))',
      ],
    ];
    for (const [off, back] of cent) {
      shop.run(off);
      await expect(everything(), off).rejects.toThrow();
      shop.run(back);
    }
    await everything();
  });
});
