import type { CampaignId } from '@domain/kernel';
import type { PeopleFigure } from '@domain/reports/figures';
import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Say } from '../format';
import css from './campaign.module.css';
import { FigurePeople } from './FigurePeople';
import { factsOf } from './how';
import { partName, wordsName } from './names';

type Report = Out<'reports/campaign'>;
type Apart = Out<'reports/breakdown'>;

/** A number of people, and which ones. */
export interface Ask {
  figure: PeopleFigure;
  /** A step of its path; null = the campaign itself. */
  step?: { id: CampaignId; name: string } | undefined;
  part?: number | undefined;
  words?: string | undefined;
}

const Drilling = createContext<((ask: Ask) => void) | null>(null);

/** Makes every `Figure` inside lead to its people. */
export function Drills({ report, apart, say, children }: { report: Report; apart: Apart | undefined; say: Say; children: ReactNode }) {
  const w = useWords(campaignResults);
  const [ask, setAsk] = useState<Ask>();
  const names = useMemo(
    () => ({
      part: apart && apart.parts.length > 1 ? (part: number) => partName(apart.parts, part, w) : null,
      words:
        apart && new Set(apart.rows.filter((r) => r.words !== '').map((r) => r.words)).size > 1 ? (k: string) => wordsName(k, w) : null,
    }),
    [apart, w],
  );
  return (
    <Drilling value={setAsk}>
      {children}
      {ask && (
        <FigurePeople
          key={JSON.stringify(ask)}
          ask={ask}
          campaignId={ask.step?.id ?? report.head.id}
          facts={factsOf(report, ask.figure, ask.step ? w.endOfDays : say.day(report.window.endsOn), say)}
          names={names}
          say={say}
          onClose={() => setAsk(undefined)}
        />
      )}
    </Drilling>
  );
}

/** Opens the people of a figure; null outside `Drills`. */
export const useDrill = (): ((ask: Ask) => void) | null => useContext(Drilling);

/** A number of people that opens the list of them; nobody is no list. With children these are what is read and pressed. */
export function Figure({ n, ask, say, children }: { n: number; ask: Ask; say: Say; children?: ReactNode }) {
  const open = useDrill();
  const w = useWords(campaignResults);
  if (n === 0 || open === null) return <>{children ?? say.n(n)}</>;
  const of = ask.step ? ask.step.name : '';
  return (
    <button
      type="button"
      className={css.figure}
      {...(children === undefined && { 'aria-label': w.see(w.figures[ask.figure], say.n(n), of) })}
      title={w.seeHint}
      onClick={() => open(ask)}
    >
      {children ?? say.n(n)}
    </button>
  );
}
