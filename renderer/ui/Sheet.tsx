import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import css from './sheet.module.css';

/**
 * Something made to be printed or saved as a PDF (shell/print, shell/save-pdf): on screen a piece of paper, on paper nothing but
 * itself, black on white also from a dark window. `landscape` turns the sheet. One at a time may stand on a screen. Children are drawn
 * twice (preview and paper), so they must not hold state or ids.
 */
export function Sheet({ label, landscape = false, children }: { label: string; landscape?: boolean; children: ReactNode }) {
  return (
    <>
      <section className={css.preview} data-landscape={landscape || undefined} aria-label={label}>
        <div className={css.paper}>{children}</div>
      </section>
      {createPortal(
        <div className={`rg-paper ${css.print}`} aria-hidden>
          {landscape && <style>{'@page { size: landscape; }'}</style>}
          <div className={css.paper}>{children}</div>
        </div>,
        document.body,
      )}
    </>
  );
}
