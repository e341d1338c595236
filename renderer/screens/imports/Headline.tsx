import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { percent } from '@renderer/ui/format';
import type { ReactNode } from 'react';
import type { Report } from './import.ui';
import { period } from './say';
import css from './wizard.module.css';

/** One sentence: what the file is, of which days, whose registers, how much is in it; below it what came of it. */
export function Headline({ report: r, children }: { report: Report; children?: ReactNode }) {
  const w = useWords(catalogue).headline;
  const { shop, locale } = useShell();
  const c = r.counts;
  if (!c) return null;
  const sum = (t: { new: number; changed: number; same: number }) => t.new + t.changed + t.same;
  const [receipts, people] = [sum(c.sales), sum(c.people)];
  const facts = [
    r.firstSaleAt !== null && r.lastSaleAt !== null && period(r.firstSaleAt, r.lastSaleAt, shop.zone, locale),
    r.registers.length > 1 && w.registers(r.registers.length),
    r.staff.length > 1 && w.staff(r.staff.length),
    receipts > 0 && w.receipts(receipts),
    (r.kind === 'customers' || people > 0) && w.people(people),
    receipts > 0 && c.anonymous > 0 && w.anonymous(percent(c.anonymous / receipts, locale, 0)),
  ].filter((x): x is string => typeof x === 'string');
  return (
    <section className={css.headline} aria-label={r.fileName}>
      <p className={css.headlineWhat}>
        {r.mapping ? (r.mapping.till ? w.own(r.mapping.till) : w.byHand) : w.known(r.till, r.title)}
        {facts.length > 0 && ':'}
      </p>
      <p className={css.headlineFacts}>
        {facts.map((f, i) => (
          <span key={f}>
            {f}
            {i < facts.length - 1 && ','}
          </span>
        ))}
      </p>
      {children}
    </section>
  );
}
