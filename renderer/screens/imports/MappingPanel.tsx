import { FIELD_NAMES, FIELDS, type Field, mappingGaps } from '@domain/imports/fields';
import { Button, NativeSelect } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { CheckField, Note, Panel, SelectField, TextField } from '@renderer/ui';
import type { Look, Mapping } from './import.ui';
import css from './imports.module.css';
import type { useFile } from './useImports';

const NOTHING = '';
/** What a till writes for itself; nobody maps these by hand. */
const OFFERED: readonly Field[] = FIELD_NAMES.filter((f) => f !== 'instant' && f !== 'event' && f !== 'lineType' && f !== 'paymentId');

/** A file no profile knows: each column with values from the file, and what the owner says it means. */
export function MappingPanel({ look, file }: { look: Look; file: ReturnType<typeof useFile> }) {
  const w = useWords(catalogue);
  const m = w.mapping;
  const { ui } = file;
  const mapping: Mapping = ui.mapping ?? look.suggestion;
  const meaningOf = (index: number): Field | '' =>
    OFFERED.find((f) => mapping.columns[f]?.includes(index)) ?? FIELD_NAMES.find((f) => mapping.columns[f]?.includes(index)) ?? NOTHING;
  const set = (index: number, field: string) => {
    const columns: Mapping['columns'] = {};
    for (const [f, at] of Object.entries(mapping.columns) as [Field, number[]][]) {
      const rest = at.filter((i) => i !== index);
      if (rest.length && f !== field) columns[f] = rest;
    }
    if (field !== NOTHING) columns[field as Field] = [index];
    ui.map({ ...mapping, columns });
  };
  const gaps = mappingGaps(mapping);
  const offered = OFFERED.filter((f) => mapping.kind === 'sales' || FIELDS[f].of === 'person');
  const options = [{ value: NOTHING, label: m.nothing }, ...offered.map((f) => ({ value: f as string, label: m.fields[f] }))];
  const check = () => ui.path !== null && void file.check(ui.path, mapping, ui.decisions);
  return (
    <Panel
      title={m.title}
      hint={m.hint(look.fileName)}
      action={
        <Button onClick={check} disabled={gaps.length > 0} loading={file.busy}>
          {m.check}
        </Button>
      }
    >
      {look.remembered && <Note tone="good">{m.remembered}</Note>}
      <div className={css.fields}>
        <SelectField
          label={m.kind}
          value={mapping.kind}
          onChange={(kind) => ui.map({ ...mapping, kind })}
          options={[
            { value: 'sales', label: m.kindSales },
            { value: 'customers', label: m.kindCustomers },
          ]}
        />
        <TextField label={m.till} hint={m.tillHint} value={mapping.till} maxLength={60} onChange={(till) => ui.map({ ...mapping, till })} />
      </div>
      <div className={css.gap}>
        <CheckField
          label={m.firstRow}
          checked={look.headerRow === 0}
          onChange={(on) => {
            if (ui.path !== null) void file.open(ui.path, { ...ui.decisions, headerRow: on ? 0 : 1 });
          }}
        />
      </div>
      <div className={css.scroll}>
        <table className={css.mapping}>
          <thead>
            <tr>
              <th scope="col">{m.column}</th>
              <th scope="col">{m.samples}</th>
              <th scope="col">{m.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {look.columns.map((c) => (
              <tr key={c.index}>
                <td>
                  <strong>{c.name}</strong>
                </td>
                <td className={css.samples}>{c.samples.join(' · ') || m.blank}</td>
                <td>
                  <NativeSelect
                    aria-label={`${m.meaning}: ${c.name}`}
                    value={meaningOf(c.index)}
                    onChange={(e) => set(c.index, e.currentTarget.value)}
                    data={options}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {gaps.length > 0 && (
        <Note tone="warn" role="status">
          {gaps.map((g) => (
            <p key={g}>{m.gaps[g]}</p>
          ))}
        </Note>
      )}
      <div className={css.buttons}>
        <Button variant="subtle" color="gray" onClick={ui.forget}>
          {w.plan.discard}
        </Button>
      </div>
    </Panel>
  );
}
