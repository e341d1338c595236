import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { composer } from '@renderer/strings/composer';
import { FieldRow, SelectField } from '@renderer/ui';

const DAYS = [1, 2, 3, 5, 7, 10, 14];
/** Any hour that can be open anywhere (rules.md §3). */
const FIRST_HOUR = 9;
const LAST_HOUR = 20;

export interface Timing {
  spreadDays: number;
  localHour: number | null;
}

/** Over how many days, and at which hour of their readers' own day, the texts leave. */
export function WhenSpread({ value, onChange, busy }: { value: Timing; onChange: (t: Timing) => void; busy: boolean }) {
  const w = useWords(composer).when;
  const { locale } = useShell();
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
  const hours = Array.from({ length: LAST_HOUR - FIRST_HOUR + 1 }, (_, i) => FIRST_HOUR + i);
  const days = DAYS.includes(value.spreadDays) ? DAYS : [...DAYS, value.spreadDays].sort((a, b) => a - b);
  return (
    <FieldRow widths="minmax(0, 1fr) minmax(0, 1fr)">
      <SelectField
        label={w.spread}
        value={String(value.spreadDays)}
        disabled={busy}
        onChange={(v) => onChange({ ...value, spreadDays: Number(v) })}
        options={days.map((d) => ({ value: String(d), label: w.spreadDays(d) }))}
      />
      <SelectField
        label={w.hour}
        value={value.localHour === null ? '' : String(value.localHour)}
        disabled={busy}
        onChange={(v) => onChange({ ...value, localHour: v === '' ? null : Number(v) })}
        options={[
          { value: '', label: w.hourAny },
          ...hours.map((h) => ({ value: String(h), label: w.hourAt(clock.format(Date.UTC(2026, 0, 1, h))) })),
        ]}
      />
    </FieldRow>
  );
}
