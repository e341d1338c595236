import type { SegmentId } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { Loaded, Panel, Rows, SelectField } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useState } from 'react';
import css from './segments.module.css';

/** How many people are in another group too. */
export function OverlapPanel({ rule, own }: { rule: Rule; own: SegmentId | null }) {
  const w = useWords(catalogue).overlap;
  const [other, setOther] = useState('');
  const groups = useQuery('segments/list', {}).data ?? [];
  return (
    <Panel title={w.title} hint={w.hint}>
      <Rows gap={16}>
        <SelectField
          label={w.other}
          value={other}
          onChange={setOther}
          options={[
            { value: '', label: w.pick },
            ...groups.filter((g) => g.id !== own).map((g) => ({ value: String(g.id), label: g.name })),
          ]}
        />
        {other !== '' && (
          <Figures rule={rule} other={Number(other) as SegmentId} name={groups.find((g) => String(g.id) === other)?.name ?? ''} />
        )}
      </Rows>
    </Panel>
  );
}

function Figures({ rule, other, name }: { rule: Rule; other: SegmentId; name: string }) {
  const w = useWords(catalogue).overlap;
  const { locale } = useShell();
  const query = useQuery('segments/overlap', { rule, other }, { topics: ['customers', 'consent', 'imports', 'segments'] });
  return (
    <Loaded query={query} lines={2}>
      {(o) => (
        <dl className={css.figures}>
          {(
            [
              [w.both, o.both],
              [w.onlyHere, o.onlyHere],
              [w.onlyThere(name), o.onlyThere],
            ] as const
          ).map(([label, n]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{count(n, locale)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Loaded>
  );
}
