import type { LadderReaction } from '@domain/campaigns/ladder';
import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import { ladder } from '@renderer/strings/ladder';
import type { Say } from '../format';
import { type ApartRow, ApartTable } from './ApartTable';
import { sumsBy, sumsByOffer } from './apart';
import { partName, wordsName } from './names';

type Apart = Out<'reports/breakdown'>;
type Branch = Apart['branches'][number];

/** A campaign told apart by group, wording, step and offer; each only where there is more than one. */
export function ApartPanels({ apart, hasOffer, currency, say }: { apart: Apart; hasOffer: boolean; currency: string; say: Say }) {
  const w = useWords(campaignResults);
  const how = useWords(explain).apart;
  const parts = sumsBy(apart.rows, (r) => r.part);
  const words = sumsBy(
    apart.rows.filter((r) => r.words !== ''),
    (r) => r.words,
  );
  const offers = sumsByOffer(apart);
  const shared = { taps: apart.taps, codes: hasOffer || offers.some((o) => o.offer !== null), currency, say };
  const steps = useSteps(apart.branches);
  return (
    <>
      {parts.length > 1 && (
        <ApartTable
          {...shared}
          words={w.apart.parts}
          how={[how.shares, how.notDrawn]}
          rows={parts.map((p) => {
            const offer = apart.parts.find((x) => x.part === p.key)?.offer;
            return {
              key: String(p.key),
              name: partName(apart.parts, p.key, w),
              ...(offer && offers.length > 1 && { under: offer }),
              sums: p.sums,
              ask: { part: p.key },
            };
          })}
        />
      )}
      {words.length > 1 && (
        <ApartTable
          {...shared}
          words={w.apart.words}
          how={[how.shares, how.wordings]}
          rows={words.map((x) => ({ key: x.key, name: wordsName(x.key, w), sums: x.sums, ask: { words: x.key } }))}
        />
      )}
      {steps.length > 1 && <ApartTable {...shared} words={w.apart.branches} how={[how.shares, how.branches]} rows={steps} />}
      {offers.length > 1 && (
        <ApartTable
          {...shared}
          words={w.apart.offers}
          how={[how.shares, how.offers]}
          rows={offers.map((o) => ({ key: o.offer ?? '', name: o.offer ?? w.apart.offers.none, sums: o.sums, ask: null }))}
        />
      )}
    </>
  );
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
