import { Button } from '@mantine/core';
import { type Out, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { SaveTable } from '@renderer/print/SaveTable';
import { useWords } from '@renderer/strings';
import { quarterly as catalogue, type QuarterlyWords, sayKeep } from '@renderer/strings/quarterly';
import { Chip, type ChipTone, Panel } from '@renderer/ui';
import type { Say } from './format';
import css from './suggestions.module.css';

type Line = Out<'suggestions/quarterly'>['lines'][number];

const TONES: Readonly<Record<Line['verdict'], ChipTone>> = { keep: 'good', change: 'warn', off: 'danger', 'too-early': 'neutral' };

/** Each text and each offer as keep, change or switch off; nothing before one was measured. */
export function QuarterlyPanel({ say }: { say: Say }) {
  const w = useWords(catalogue);
  const query = useQuery('suggestions/quarterly', {});
  if (!query.data || query.data.lines.length === 0) return null;
  const rows = query.data.lines.map((l) => [w.kind[l.kind], nameOf(l, w), w.verdicts[l.verdict], ...sayKeep(l, w, say)]);
  return (
    <Panel
      title={w.title}
      hint={w.hint(say.day(query.data.since))}
      action={<SaveTable of={w.title} name="keep-or-change.csv" head={w.head} rows={rows} />}
    >
      <ul className={css.list}>
        {query.data.lines.map((l) => (
          <Row key={`${l.kind}${l.readyKey ?? l.offerId ?? l.name}`} l={l} say={say} />
        ))}
      </ul>
    </Panel>
  );
}

const nameOf = (l: Line, w: QuarterlyWords): string => (l.readyKey !== null && w.ready[l.readyKey]) || l.name;

function Row({ l, say }: { l: Line; say: Say }) {
  const w = useWords(catalogue);
  const name = nameOf(l, w);
  const [why, evidence] = sayKeep(l, w, say);
  const open = () => (l.offerId === null ? go({ screen: 'results', campaignId: l.lastId }) : go({ screen: 'offers', id: l.offerId }));
  return (
    <li className={css.one}>
      <div className={css.head}>
        <div className={css.reason}>
          <p className={css.subject}>
            <Chip tone={TONES[l.verdict]} dot>
              {w.verdicts[l.verdict]}
            </Chip>
            <span className={css.quiet}>{w.kind[l.kind]}</span>
            <strong className={css.words}>{name}</strong>
          </p>
          <p>{why}</p>
          <p className={css.quiet}>{evidence}</p>
        </div>
        <Button size="xs" variant="default" onClick={open} aria-label={`${w.open[l.kind]}: ${name}`}>
          {w.open[l.kind]}
        </Button>
      </div>
    </li>
  );
}
