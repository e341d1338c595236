import '../ui/tokens.css';
import type { Paper } from '@contract/papers';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { PaperPage, paperWords } from './PaperPage';

declare global {
  interface Window {
    /** Called by the shell (main/shell/paper-window.ts) with what is to be printed; answers when it is drawn. */
    drawPaper: (paper: Paper) => Promise<{ footer: string }>;
  }
}

const root = createRoot(document.getElementById('root') as HTMLElement);

window.drawPaper = async (paper) => {
  const { title, footer } = paperWords(paper);
  document.title = title;
  flushSync(() => root.render(<PaperPage paper={paper} />));
  await document.fonts.ready;
  return { footer };
};
