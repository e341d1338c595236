import { ActionIcon, Autocomplete, Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import css from '@renderer/screens/wishes/wishes.module.css';
import { useWords } from '@renderer/strings';
import { things as catalogue } from '@renderer/strings/things';
import { ErrorNote, FieldRow, NumberField, Panel } from '@renderer/ui';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

/** After how long goods of a category are usually bought again: typed, or as the shop's own sales show. */
export function RebuyTerms() {
  const w = useWords(catalogue).terms;
  const { data, error } = useQuery('things/terms', {});
  const save = useCommand('things/save-term');
  const [category, setCategory] = useState('');
  const [asked, setAsked] = useState('');
  const [days, setDays] = useState<number | null>(null);
  useEffect(() => {
    const t = setTimeout(() => setAsked(category.trim()), 250);
    return () => clearTimeout(t);
  }, [category]);
  const names = useQuery('segments/names', { what: 'category', beginning: asked });
  const known = names.data?.some((n) => n.toLowerCase() === asked.toLowerCase()) ?? false;
  const usual = useQuery('things/usual', { category: asked }, { enabled: known });
  const add = async (n: number | null, learnt: boolean) => {
    if (n === null || category.trim() === '') return;
    if (!(await save.run({ category, days: n, learnt }))) return;
    setCategory('');
    setDays(null);
  };
  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.stack}>
        <ErrorNote error={error ?? save.error} />
        {(data ?? []).length === 0 && <p className={css.quiet}>{w.empty}</p>}
        <ul className={css.lines}>
          {(data ?? []).map((t) => (
            <li key={t.category}>
              <span className={css.grow}>{t.category}</span>
              <span className={css.quiet}>{[w.every(t.days), t.learnt && w.learnt].filter(Boolean).join(', ')}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={w.remove(t.category)}
                onClick={() => void save.run({ category: t.category, days: null })}
              >
                <IconX size={18} stroke={1.75} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <FieldRow widths="minmax(0, 2fr) 120px">
          <Autocomplete
            label={w.category}
            value={category}
            onChange={setCategory}
            data={[...new Set(names.data ?? [])]}
            comboboxProps={{ shadow: 'md' }}
          />
          <NumberField label={w.days} value={days} onChange={setDays} min={1} max={3650} width={120} />
        </FieldRow>
        {known && usual.data !== undefined && (
          <p className={css.quiet}>
            {usual.data === null ? w.none : w.usual(usual.data.days, usual.data.gaps)}{' '}
            {usual.data && (
              <Button size="compact-sm" variant="subtle" onClick={() => void add(usual.data?.days ?? null, true)}>
                {w.use}
              </Button>
            )}
          </p>
        )}
        <div className={css.buttons}>
          <Button
            variant="default"
            loading={save.busy}
            disabled={days === null || category.trim() === ''}
            onClick={() => void add(days, false)}
          >
            {w.add}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
