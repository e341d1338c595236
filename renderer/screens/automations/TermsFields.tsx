import type { TermName, Terms } from '@domain/automations/terms';
import { Autocomplete } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { FieldRow, MoneyField, NumberField, SelectField } from '@renderer/ui';
import { useEffect, useState } from 'react';
import type { One } from './say';

const CALM_MS = 150;
const FACTORS = [1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6];
const AROUND = [30, 21, 14, 10, 7, 5, 3, 2, 1, 0, -1, -3, -7];
const BEFORE = [30, 21, 14, 10, 7, 5, 3, 2, 1];
/** Kinds that go by a day of the year may also speak on it and after it. */
const ON_THE_DAY: readonly One['kind'][] = ['birthday', 'anniversary', 'thing-due'];

/** A list with what is chosen now in its place, whatever the usual choices are. */
const withNow = (list: readonly number[], now: number, down = false): number[] =>
  [...new Set([...list, now])].sort((x, y) => (down ? y - x : x - y));

/** What the trigger goes by, in plain words with its numbers; only what its kind uses. */
export function TermsFields({ a, terms: t, onChange }: { a: One; terms: Terms; onChange: (terms: Terms) => void }) {
  const w = useWords(catalogue);
  const set = (part: Partial<Terms>) => onChange({ ...t, ...part });
  const label = (u: TermName) => w.termFor[a.kind]?.[u] ?? w.terms[u];
  const uses = (u: TermName) => a.uses.includes(u);
  const topics = useQuery('kit/topics', {}, { enabled: uses('topic') });
  return (
    <>
      {uses('what') && (
        <Thing label={label('what')} nameLabel={label('name')} what={t.what} name={t.name} onChange={(what, name) => set({ what, name })} />
      )}
      {uses('notWhat') && (
        <Thing
          label={label('notWhat')}
          nameLabel={label('notName')}
          what={t.notWhat}
          name={t.notName}
          onChange={(notWhat, notName) => set({ notWhat, notName })}
        />
      )}
      {uses('topic') && (
        <SelectField
          label={label('topic')}
          value={t.topic}
          onChange={(topic) => set({ topic })}
          options={[
            { value: '', label: w.edit.choose },
            ...(topics.data ?? []).map((x) => ({ value: x.slug as string, label: x.name.en })),
          ]}
        />
      )}
      <FieldRow>
        {uses('daysBefore') && (
          <SelectField
            label={label('daysBefore')}
            value={String(t.daysBefore)}
            onChange={(v) => set({ daysBefore: Number(v) })}
            options={withNow(ON_THE_DAY.includes(a.kind) ? AROUND : BEFORE, t.daysBefore, true).map((n) => ({
              value: String(n),
              label: w.before(n),
            }))}
          />
        )}
        {uses('factor') && (
          <SelectField
            label={label('factor')}
            hint={w.termHintFor[a.kind]?.factor ?? w.termHints.factor}
            value={String(t.factor)}
            onChange={(v) => set({ factor: Number(v) })}
            options={withNow(FACTORS, t.factor).map((n) => ({ value: String(n), label: w.times(n) }))}
          />
        )}
        {uses('leastDays') && (
          <NumberField
            label={label('leastDays')}
            value={t.leastDays}
            min={0}
            max={1000}
            unit={w.daysUnit(t.leastDays)}
            onChange={(n) => n !== null && set({ leastDays: n })}
          />
        )}
        {uses('count') && (
          <NumberField label={label('count')} value={t.count} min={1} max={1_000_000} onChange={(n) => n !== null && set({ count: n })} />
        )}
        {uses('leastSpend') && (
          <MoneyField
            label={label('leastSpend')}
            hint={w.termHints.leastSpend}
            cents={t.leastSpend || null}
            onChange={(cents) => set({ leastSpend: cents ?? 0 })}
          />
        )}
        {uses('goodFor') && (
          <NumberField
            label={label('goodFor')}
            hint={w.termHints.goodFor}
            value={t.goodFor}
            min={1}
            max={90}
            unit={w.daysUnit(t.goodFor)}
            onChange={(n) => n !== null && set({ goodFor: n })}
          />
        )}
      </FieldRow>
    </>
  );
}

/** An item or a category, by the names of the till. */
function Thing(p: {
  label: string;
  nameLabel: string;
  what: Terms['what'];
  name: string;
  onChange: (what: Terms['what'], name: string) => void;
}) {
  const w = useWords(catalogue);
  const [asked, setAsked] = useState(p.name.trim());
  useEffect(() => {
    const t = setTimeout(() => setAsked(p.name.trim()), CALM_MS);
    return () => clearTimeout(t);
  }, [p.name]);
  const names = useQuery('segments/names', { what: p.what, beginning: asked });
  const unknown = asked.length > 1 && names.data !== undefined && !names.fetching && names.data.length === 0;
  return (
    <FieldRow widths="minmax(200px, 0.9fr) minmax(200px, 1.1fr)">
      <SelectField
        label={p.label}
        hint={'\u00a0'}
        value={p.what}
        onChange={(what) => p.onChange(what, p.name)}
        options={(['item', 'category'] as const).map((value) => ({ value, label: w.edit.what[value] }))}
      />
      <Autocomplete
        label={p.nameLabel}
        description={w.termHints.name}
        value={p.name}
        onChange={(name) => p.onChange(p.what, name)}
        data={[...(names.data ?? [])]}
        limit={8}
        maxLength={200}
        error={unknown ? w.edit.unknown(asked) : undefined}
      />
    </FieldRow>
  );
}
