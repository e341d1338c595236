import type { ReactNode } from 'react';
import css from './gallery.module.css';

/** One part in one state, with its name. */
export function Example({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.example}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export const Page = ({ children }: { children: ReactNode }) => (
  <main className={css.page}>
    <h1 className="rg-hidden">Gallery</h1>
    {children}
  </main>
);
export const Line = ({ children }: { children: ReactNode }) => <div className={css.line}>{children}</div>;
