import { KINDS } from '@domain/automations/kinds';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { CheckField, FieldRow, FieldStack, NumberField, Panel, SelectField, TextField } from '@renderer/ui';
import css from './automations.module.css';
import type { One, Row } from './say';
import type { Rules } from './useAutomationDraft';

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minuteOf = (text: string): number | null => {
  const m = /^(\d\d):(\d\d)/.exec(text);
  return m ? Number(m[1]) * 60 + Number(m[2]) : null;
};

/** The wait, what makes the text needless, how many a day, and which one speaks first to one person. */
export function RulesPanel({ a, rules: r, onChange }: { a: One; rules: Rules; onChange: (part: Partial<Rules>) => void }) {
  const w = useWords(catalogue).edit;
  const days = useWords(catalogue).daysUnit;
  const { stops: s } = r;
  const { waits } = KINDS[a.kind];
  const stops = (part: Partial<Rules['stops']>) => onChange({ stops: { ...s, ...part } });
  const bought = (name: string, what = s.bought?.what ?? 'item') => stops({ bought: name.trim() === '' ? null : { what, name } });
  return (
    <Panel title={w.rules} hint={w.rulesHint}>
      <FieldStack>
        {waits !== 'none' && (
          <FieldRow>
            {waits === 'days' && (
              <NumberField
                label={w.wait}
                hint={'\u00a0'}
                value={r.waitDays}
                min={0}
                max={365}
                unit={days(r.waitDays)}
                onChange={(n) => n !== null && onChange({ waitDays: Math.min(365, Math.max(0, n)) })}
              />
            )}
            <TextField
              label={w.at}
              hint={w.atHint}
              type="time"
              value={clock(r.atMinute)}
              onChange={(text) => {
                const minute = minuteOf(text);
                if (minute !== null) onChange({ atMinute: minute });
              }}
            />
          </FieldRow>
        )}
        <fieldset className={css.checks}>
          <legend>{w.stops}</legend>
          {KINDS[a.kind].away ? (
            <p className={css.quiet}>{w.absence}</p>
          ) : (
            <CheckField label={w.stopCame} checked={s.came} onChange={(came) => stops({ came })} />
          )}
          <CheckField label={w.stopReplied} checked={s.replied} onChange={(replied) => stops({ replied })} />
          <CheckField label={w.stopRedeemed} checked={s.redeemed} onChange={(redeemed) => stops({ redeemed })} />
        </fieldset>
        <FieldRow widths="minmax(200px, 0.9fr) minmax(200px, 1.1fr)">
          <SelectField
            label={w.stopBought}
            hint={'\u00a0'}
            value={s.bought?.what ?? 'item'}
            onChange={(what) => bought(s.bought?.name ?? '', what)}
            options={(['item', 'category'] as const).map((value) => ({ value, label: w.what[value] }))}
          />
          <TextField
            label={w.stopBoughtName}
            hint={w.stopBoughtHint}
            value={s.bought?.name ?? ''}
            maxLength={200}
            onChange={(name) => bought(name)}
          />
        </FieldRow>
        <FieldRow>
          <NumberField
            label={w.stopTexted}
            hint={w.stopTextedHint}
            value={s.textedDays}
            min={1}
            max={365}
            unit={days(s.textedDays)}
            onChange={(n) => stops({ textedDays: n === null ? null : Math.min(365, Math.max(1, n)) })}
          />
          <NumberField
            label={w.mostPerDay}
            hint={w.mostHint}
            value={r.mostPerDay}
            min={1}
            max={100_000}
            onChange={(n) => onChange({ mostPerDay: n === null ? null : Math.min(100_000, Math.max(1, n)) })}
          />
        </FieldRow>
        <Priority a={a} value={r.priority} onChange={(priority) => onChange({ priority })} />
      </FieldStack>
    </Panel>
  );
}

/** Which one speaks when two are due for one person, said by the one before it. */
function Priority({ a, value, onChange }: { a: One; value: number; onChange: (n: number) => void }) {
  const w = useWords(catalogue).edit;
  const list = useQuery('automations/list', {});
  const others = (list.data?.rows ?? []).filter((r) => r.id !== a.id).sort((x, y) => x.priority - y.priority || x.id - y.id);
  if (others.length === 0) return null;
  const before = others.filter((r) => r.priority < value || (r.priority === value && r.id < a.id)).at(-1);
  return (
    <SelectField
      label={w.priority}
      hint={w.priorityHint}
      value={before === undefined ? '' : String(before.id)}
      onChange={(v) => onChange(priorityAfter(others, v === '' ? null : Number(v)))}
      options={[{ value: '', label: w.first }, ...others.map((r) => ({ value: String(r.id), label: w.after(r.name) }))]}
    />
  );
}

/** A number right behind one of the others (in their order), in the gap before the next one where there is a gap. */
export function priorityAfter(others: readonly Pick<Row, 'id' | 'priority'>[], id: number | null): number {
  const at = others.findIndex((r) => r.id === id);
  const from = at < 0 ? 0 : (others[at]?.priority ?? 0);
  const to = others[at + 1]?.priority ?? from + 10;
  return Math.min(999, Math.max(1, to - from > 1 ? Math.floor((from + to) / 2) : from + 1));
}
