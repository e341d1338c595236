import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { SelectField } from '@renderer/ui';
import type { Decisions, Look } from './import.ui';
import css from './imports.module.css';

type Form = Pick<Look, 'encoding' | 'encodingGuessed' | 'delimiter' | 'headerRow'>;

/** How the bytes become a table: letters, delimiter, where the column names are. A change reads the file again. */
export function TableFields(props: { form: Form; fileName: string; disabled: boolean; onChange: (d: Decisions) => void }) {
  const { form, fileName, disabled, onChange } = props;
  const words = useWords(catalogue);
  const w = words.first;
  const rows = [...new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, form.headerRow])].filter((r) => r > 0).sort((a, b) => a - b);
  // a workbook knows its letters and its columns
  const text = !/\.xls[xm]$/i.test(fileName);
  return (
    <>
      {text && (
        <>
          <div className={css.decision} data-guess={form.encodingGuessed || undefined}>
            <SelectField
              label={w.letters}
              value={form.encoding}
              disabled={disabled}
              {...(form.encodingGuessed && { hint: w.lettersGuess })}
              onChange={(encoding) => onChange({ encoding })}
              options={Object.entries(words.reading.encodings).map(([value, label]) => ({ value: value as Form['encoding'], label }))}
            />
          </div>
          <div className={css.decision}>
            <SelectField
              label={w.delimiter}
              value={form.delimiter}
              disabled={disabled}
              onChange={(delimiter) => onChange({ delimiter })}
              options={Object.entries(words.reading.delimiters).map(([value, label]) => ({ value: value as Form['delimiter'], label }))}
            />
          </div>
        </>
      )}
      <div className={css.decision} data-guess={form.headerRow > 1 || undefined}>
        <SelectField
          label={w.header}
          value={String(form.headerRow)}
          {...(form.headerRow > 1 && { hint: w.headerAt(form.headerRow) })}
          disabled={disabled}
          onChange={(row) => onChange({ headerRow: Number(row) })}
          options={[{ value: '0', label: w.headerNone }, ...rows.map((r) => ({ value: String(r), label: w.headerRow(r) }))]}
        />
      </div>
    </>
  );
}
