import type { LadderReaction } from '@domain/campaigns/ladder';
import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import { ladder } from '@renderer/strings/ladder';
import type { Say } from '../format';
import { type ApartRow, ApartTable } from './ApartTable';
import { standing, sumsBy, sumsByOffer } from './apart';
import { partName, wordsName } from './names';

type Apart = Out<'reports/breakdown'>;
type Branch = Apart['branches'][number];

interface Props {
  apart: Apart;
  /** Its days are over and the till file covers them: before, shares are so far, and nothing is found. */
  closed: boolean;
  hasOffer: boolean;
  currency: string;
  say: Say;
}

/** A campaign told apart by group, wording, step and offer; each only where there is more than one. */
export function ApartPanels({ apart, closed, hasOffer, currency, say }: Props) {
  const all = useWords(campaignResults);
  const w = all.apart;
  const how = useWords(explain).apart;
  const parts = sumsBy(apart.rows, (r) => r.part);
  const words = sumsBy(
    apart.rows.filter((r) => r.words !== ''),
    (r) => r.words,
  );
  const offers = sumsByOffer(apart);
  const shared = { taps: apart.taps, codes: hasOffer || offers.some((o) => o.offer !== null), currency, say };
  const steps = useSteps(apart.branches);
  // where each group and step has an offer of its own, their tables say it already
  const followUps = apart.branches.filter((b) => b.parentId !== null).length;
  const found = (c: Finds, rows: readonly ApartRow[]) => (closed ? finding(c, rows, w.few, say) : w.soFar);
  const partRows = parts.map((p): ApartRow => {
    const offer = apart.parts.find((x) => x.part === p.key)?.offer;
    return {
      key: String(p.key),
      name: partName(apart.parts, p.key, all),
      ...(offer && offers.length > 1 && { under: offer }),
      sums: p.sums,
      ask: { part: p.key },
    };
  });
  const offerRows = offers.map((o): ApartRow => ({ key: o.offer ?? '', name: o.offer ?? w.offers.none, sums: o.sums, ask: null }));
  const wordRows = words.map((x): ApartRow => ({ key: x.key, name: wordsName(x.key, all), sums: x.sums, ask: { words: x.key } }));
  const offersApart = offers.length > 1 && offers.length < parts.length + followUps;
  const tables = [
    { of: w.parts, title: found(w.parts, partRows), how: how.notDrawn, rows: partRows, shown: parts.length > 1 },
    { of: w.words, title: w.words.title, how: how.wordings, rows: wordRows, shown: words.length > 1 },
    { of: w.branches, title: w.branches.title, how: how.branches, rows: steps, shown: steps.length > 1 },
    { of: w.offers, title: found(w.offers, offerRows), how: how.offers, rows: offerRows, shown: offersApart },
  ];
  return tables.map(
    ({ of, title, how: why, rows, shown }) =>
      shown && (
        <ApartTable
          key={of.head}
          {...shared}
          title={title}
          hint={of.hint}
          name={of.title}
          head={of.head}
          how={[how.shares, why]}
          rows={rows}
        />
      ),
  );
}

interface Finds {
  same: string;
  most: (best: string, share: string, worst: string, other: string) => string;
}

/** Which came in most, only where that is more than chance. */
function finding(c: Finds, rows: readonly ApartRow[], few: string, say: Say): string {
  const found = standing(rows.map((r) => r.sums));
  if (found.code === 'few') return few;
  const [best, worst] = found.code === 'most' ? [rows[found.best], rows[found.worst]] : [];
  if (!best || !worst) return c.same;
  const share = (r: ApartRow) => say.share(r.sums.came / r.sums.delivered);
  return c.most(best.name, share(best), worst.name, share(worst));
}

/** The steps of a path in the order they branch off, each under the one before it. */
function useSteps(branches: readonly Branch[]): ApartRow[] {
  const w = useWords(campaignResults);
  const l = useWords(ladder);
  const under = (b: Branch): string => {
    if (b.reaction === null) return w.apart.branches.first;
    const reaction = b.reaction as LadderReaction;
    return [`${l.reaction[reaction]}, ${l.wait(reaction, b.afterDays)}`, b.offer].filter(Boolean).join(' · ');
  };
  const rows: ApartRow[] = [];
  const add = (parent: Branch['parentId'], depth: number) => {
    for (const b of branches) {
      if (b.parentId !== parent) continue;
      rows.push({
        key: String(b.campaignId),
        name: b.name,
        under: under(b),
        depth,
        sums: b.sums,
        ask: parent === null ? {} : { step: { id: b.campaignId, name: b.name } },
      });
      add(b.campaignId, depth + 1);
    }
  };
  add(null, 0);
  return rows;
}
