import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { Note } from '@renderer/ui';
import type { ReactNode } from 'react';
import type { Say } from '../format';
import css from './campaign.module.css';

/**
 * Figures with the people still being counted said above them; until then they are grey, as they were counted last. The backend tells
 * when it is done (topic `reports`), and whoever shows them asks again by itself.
 */
export function Counted({ counting, say, children }: { counting: number; say: Say; children: ReactNode }) {
  const w = useWords(campaignResults).counting;
  return (
    <>
      <div role="status" className={css.status}>
        {counting > 0 && (
          <Note title={w.title(say.n(counting), counting === 1)}>
            <p>{w.body}</p>
          </Note>
        )}
      </div>
      <div className={css.counted} data-counting={counting > 0 || undefined}>
        {children}
      </div>
    </>
  );
}
