import { SegmentedControl } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime } from '@renderer/strings/over-time';

const PARTS = ['campaigns', 'over-time'] as const;
type Part = (typeof PARTS)[number];

/** The two parts of Results: campaign by campaign, and over time. */
export function ResultsParts({ part }: { part: Part }) {
  const w = useWords(overTime).parts;
  return (
    <SegmentedControl
      aria-label={w.label}
      value={part}
      onChange={(to) => go(to === 'over-time' ? { screen: 'results', part: 'over-time' } : { screen: 'results' }, { replace: true })}
      data={PARTS.map((p) => ({ value: p, label: w[p] }))}
    />
  );
}
