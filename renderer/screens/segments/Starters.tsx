import { boughtNot, membersOfTopic } from '@domain/segments/ready-made';
import type { Rule } from '@domain/segments/rule';
import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import css from './segments.module.css';

const STARTS = [
  ['boughtNot', boughtNot({ what: 'category', name: '' }, { what: 'category', name: '' }, null)],
  ['topic', membersOfTopic('')],
  ['reacted', { all: [{ is: 'reacted', campaignId: null, how: 'replied' }] }],
  ['spenders', { all: [{ is: 'score', of: 'spend', least: 5 }] }],
] as const satisfies readonly (readonly [string, Rule])[];

/** Questions every shop asks, with blanks to fill in. */
export function Starters({ onRule }: { onRule: (rule: Rule) => void }) {
  const w = useWords(catalogue).starters;
  return (
    <div className={css.starters}>
      <span className={css.muted}>{w.label}</span>
      {STARTS.map(([key, rule]) => (
        <Button key={key} size="xs" variant="default" onClick={() => onRule(rule)}>
          {w[key]}
        </Button>
      ))}
    </div>
  );
}
