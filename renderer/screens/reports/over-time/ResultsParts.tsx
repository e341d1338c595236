import { SegmentedControl } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime } from '@renderer/strings/over-time';
import type { ReactNode } from 'react';
import css from './over-time.module.css';

const PARTS = ['campaigns', 'over-time'] as const;
type Part = (typeof PARTS)[number];

/** The two parts of Results, campaign by campaign and over time, and what else is chosen there. */
export function ResultsParts({ part, children }: { part: Part; children?: ReactNode }) {
  const w = useWords(overTime).parts;
  return (
    <div className={css.bar}>
      <SegmentedControl
        aria-label={w.label}
        value={part}
        onChange={(to) => go(to === 'over-time' ? { screen: 'results', part: 'over-time' } : { screen: 'results' }, { replace: true })}
        data={PARTS.map((p) => ({ value: p, label: w[p] }))}
      />
      {children}
    </div>
  );
}
