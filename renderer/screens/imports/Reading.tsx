import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Panel } from '@renderer/ui';
import type { Report } from './import.ui';
import css from './imports.module.css';

/** How the file was read: every decision that was made about it, to be looked at when a figure surprises. */
export function Reading({ report }: { report: Report }) {
  const w = useWords(catalogue).reading;
  const r = report.reading;
  if (!r) return null;
  const one = <T extends string>(values: (T | undefined)[], words: Record<T, string>) =>
    [...new Set(values)].flatMap((v) => (v === undefined ? [] : [words[v]])).join(', ');
  const text = !/\.xls[xm]$/i.test(report.fileName);
  const before = (fields: object) => (r.asBefore?.some((f) => f in fields) ? `, ${w.asBefore}` : '');
  const dates = one(Object.values(r.dateOrder), w.orders) + before(r.dateOrder);
  const signs = one(Object.values(r.decimal), w.signs) + before(r.decimal);
  return (
    <Panel title={w.title}>
      <dl className={css.facts}>
        {text && <Fact name={w.encoding} value={`${w.encodings[r.encoding]}${r.encodingGuessed ? ` (${w.guessed})` : ''}`} />}
        {text && <Fact name={w.delimiter} value={w.delimiters[r.delimiter] ?? r.delimiter} />}
        {dates && <Fact name={w.dates} value={dates} />}
        {signs && <Fact name={w.decimals} value={signs} />}
        {report.kind === 'sales' && <Fact name={w.zone} value={w.zones[r.zone]} />}
      </dl>
    </Panel>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
