import type { Paper } from '@contract/papers';
import { wordsOf } from '@renderer/strings';
import { print } from '@renderer/strings/print';
import { CampaignPage } from './CampaignPage';
import css from './print.module.css';
import { paperSay } from './say';
import { WeekPage } from './WeekPage';

/** What stands around a page: the document's title, and the line at the foot of every sheet. */
export function paperWords(paper: Paper): { title: string; footer: string; made: string } {
  const w = wordsOf(print, 'en');
  const made = w.made(paperSay(paper).date(paper.madeAt));
  const title = paper.kind === 'week' ? w.week.title : paper.report.head.name;
  return { title, footer: w.page(paper.shop.name, title, made), made };
}

/** One page for paper, drawn from figures alone: it asks nothing and holds no state, so the same figures make the same page. */
export function PaperPage({ paper }: { paper: Paper }) {
  const w = wordsOf(print, 'en');
  const say = paperSay(paper);
  const { made } = paperWords(paper);
  return (
    <main className={css.page}>
      {paper.kind === 'week' ? (
        <WeekPage paper={paper} w={w} say={say} made={made} />
      ) : (
        <CampaignPage paper={paper} w={w} say={say} made={made} />
      )}
    </main>
  );
}
