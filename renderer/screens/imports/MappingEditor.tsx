import { FIELD_NAMES, FIELDS, type Field, mappingGaps } from '@domain/imports/fields';
import { joined, mayJoin, misfits, remap } from '@domain/imports/fits';
import { NativeSelect } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Chip, Note, TextField } from '@renderer/ui';
import { useId } from 'react';
import type { Mapping } from './import.ui';
import css from './mapping.module.css';

const NOTHING = '';
/** What a till writes for itself; nobody maps these by hand. */
const OFFERED: readonly Field[] = FIELD_NAMES.filter((f) => f !== 'instant' && f !== 'event' && f !== 'lineType' && f !== 'paymentId');

export interface MappingColumn {
  /** Position in the file, from 0. */
  index: number;
  name: string;
  /** Values from the file; empty where there is no file at hand. */
  samples: readonly string[];
}

interface Props {
  columns: readonly MappingColumn[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
  /** What was guessed for these columns: choices that still stand so are marked. Null = the owner chose them all. */
  guess?: Mapping | null;
}

/** True when a mapping says enough to read a file by. */
export const mappingReady = (mapping: Mapping): boolean => mappingGaps(mapping).length === 0;

/**
 * What each column of a list means, as the owner says it. Knows nothing of files: the wizard gives it a file's columns with sample
 * values, the list of remembered mappings only their names.
 */
export function MappingEditor({ columns, mapping, onChange, guess }: Props) {
  const m = useWords(catalogue).mapping;
  const id = useId();
  const withSamples = columns.some((c) => c.samples.length > 0);
  const fieldOf = (map: Mapping, index: number): Field | '' => FIELD_NAMES.find((f) => map.columns[f]?.includes(index)) ?? NOTHING;
  const offered = OFFERED.filter((f) => mapping.kind === 'sales' || FIELDS[f].of === 'person');
  const options = [{ value: NOTHING, label: m.nothing }, ...offered.map((f) => ({ value: f as string, label: m.fields[f] }))];
  const set = (index: number, field: Field | '') =>
    onChange({ ...mapping, columns: remap(mapping.columns, index, field) as Mapping['columns'] });
  const gaps = mappingGaps(mapping);
  return (
    <div className={css.editor}>
      <div className={css.kinds} role="radiogroup" aria-label={m.kind}>
        {(['sales', 'customers'] as const).map((kind) => (
          <label key={kind} className={css.kind} data-on={mapping.kind === kind || undefined}>
            <input
              type="radio"
              name={`${id}-kind`}
              aria-label={kind === 'sales' ? m.kindSales : m.kindCustomers}
              checked={mapping.kind === kind}
              onChange={() => onChange({ ...mapping, kind })}
            />
            <span>
              <strong>{kind === 'sales' ? m.kindSales : m.kindCustomers}</strong>
              <span className={css.quiet}>{kind === 'sales' ? m.kindSalesHint : m.kindCustomersHint}</span>
            </span>
          </label>
        ))}
        <TextField
          label={m.till}
          hint={m.tillHint}
          value={mapping.till}
          maxLength={60}
          onChange={(till) => onChange({ ...mapping, till })}
        />
      </div>
      <section className={css.scroll} aria-label={m.title}>
        <table className={css.mapping}>
          <thead>
            <tr>
              <th scope="col">{m.column}</th>
              {withSamples && <th scope="col">{m.samples}</th>}
              <th scope="col">{m.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((c) => {
              const field = fieldOf(mapping, c.index);
              const guessed = guess && field !== NOTHING && fieldOf(guess, c.index) === field;
              return (
                <tr key={c.index} data-off={field === NOTHING || undefined}>
                  <th scope="row">{c.name}</th>
                  {withSamples && <td className={css.samples}>{c.samples.join(' · ') || m.blank}</td>}
                  <td>
                    <div className={css.choice}>
                      <NativeSelect
                        aria-label={`${m.meaning}: ${c.name}`}
                        value={field}
                        onChange={(e) => set(c.index, e.currentTarget.value as Field | '')}
                        data={options}
                      />
                      {guessed && <Chip tone="info">{m.guess}</Chip>}
                    </div>
                    {field !== NOTHING && <Remark field={field} column={c} columns={columns} mapping={mapping} />}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className={css.quiet}>{m.several}</p>
      {gaps.length > 0 && (
        <Note tone="warn" role="status">
          {gaps.map((g) => (
            <p key={g}>{m.gaps[g]}</p>
          ))}
        </Note>
      )}
    </div>
  );
}

/** Under a choice: the value several columns give together, or the sample that does not fit. */
function Remark(p: { field: Field; column: MappingColumn; columns: readonly MappingColumn[]; mapping: Mapping }) {
  const m = useWords(catalogue).mapping;
  const at = p.mapping.columns[p.field] ?? [];
  if (at.length > 1 && mayJoin(p.field)) {
    if (p.column.index !== at.at(-1)) return null;
    const value = joined(
      p.field,
      at.map((i) => p.columns.find((c) => c.index === i)?.samples[0] ?? ''),
    );
    const bad = value !== '' && misfits(p.field, value);
    return (
      <p className={css.remark} data-bad={bad || undefined} role={bad ? 'status' : undefined}>
        {bad ? m.misfit(value, m.fields[p.field]) : value && m.together(value)}
      </p>
    );
  }
  const odd = p.column.samples.find((s) => misfits(p.field, s));
  if (odd === undefined) return null;
  return (
    <p className={css.remark} data-bad role="status">
      {m.misfit(odd, m.fields[p.field])}
    </p>
  );
}
