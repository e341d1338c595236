import type { Paper } from '@contract/papers';
import { wordsOf } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { leaving } from '@renderer/strings/leaving';
import type { PrintWords } from '@renderer/strings/print';
import { cameShare, type Sums, sumsBy, sumsByOffer } from '../screens/reports/campaign/apart';
import { partName, wordsName } from '../screens/reports/campaign/names';
import { Figures, Part } from './parts';
import type { PaperSay } from './say';

type CampaignPaper = Extract<Paper, { kind: 'campaign' }>;

/** Groups, wordings, steps and offers where there is more than one, as on screen (campaign/ApartPanels); and why people left. */
export function ToldApart({ paper, w, say }: { paper: CampaignPaper; w: PrintWords; say: PaperSay }) {
  const { breakdown: b, report: r } = paper;
  const all = wordsOf(campaignResults, 'en');
  const a = all.apart;
  const c = a.columns;
  const reasons = wordsOf(leaving, 'en').reasons;
  const table = (head: string, rows: readonly { name: string; sums: Sums }[]) => ({
    head: [head, c.texted, c.delivered, c.came, c.range, c.redeemed, c.stopped, c.takings, c.cost],
    rows: rows.map(({ name, sums: s }) => {
      const share = cameShare(s);
      return [
        name,
        say.n(s.reached),
        say.n(s.delivered),
        say.n(s.came),
        share ? a.between(say.share(share.low), say.share(share.high)) : '',
        say.n(s.redeemed),
        say.n(s.stopped),
        say.sum(s.direct + s.influenced),
        say.micros(s.cost, r.cost.currency),
      ];
    }),
  });
  const parts = sumsBy(b.rows, (x) => x.part);
  const wordings = sumsBy(
    b.rows.filter((x) => x.words !== ''),
    (x) => x.words,
  );
  const offers = sumsByOffer(b);
  const tables = [
    { of: a.parts, rows: parts.map((p) => ({ name: partName(b.parts, p.key, all), sums: p.sums })) },
    { of: a.words, rows: wordings.map((p) => ({ name: wordsName(p.key, all), sums: p.sums })) },
    { of: a.branches, rows: b.branches.map((s) => ({ name: s.name, sums: s.sums })) },
    { of: a.offers, rows: offers.map((o) => ({ name: o.offer ?? a.offers.none, sums: o.sums })) },
  ].filter((t) => t.rows.length > 1);
  return (
    <>
      {tables.map(({ of, rows }) => (
        <Part key={of.title} title={of.title} note={of.hint}>
          <Figures table={table(of.head, rows)} />
        </Part>
      ))}
      {b.left.length > 0 && (
        <Part title={w.campaign.left}>
          <Figures
            table={{
              head: w.campaign.leftHead,
              rows: b.left.map((l) => [
                l.why !== null && l.why in reasons ? reasons[l.why as keyof typeof reasons] : reasons.none,
                say.n(l.count),
              ]),
            }}
          />
        </Part>
      )}
    </>
  );
}
