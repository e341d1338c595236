import type { ShopDay } from '@domain/kernel';
import { useWords } from '@renderer/strings';
import { ladder as catalogue } from '@renderer/strings/ladder';
import { CheckField, FieldRow, FieldStack, NumberField, SelectField, TextField } from '@renderer/ui';
import css from './ladder.module.css';
import type { Model, Stops } from './model';

/** What ends somebody's path, and how long a step is kept ready. */
export function StopsFields({ model, onChange }: { model: Model; onChange: (patch: Partial<Model>) => void }) {
  const w = useWords(catalogue);
  const { stops } = model;
  const set = (patch: Partial<Stops>) => onChange({ stops: { ...stops, ...patch } });
  const name = stops.bought?.name ?? '';
  const bought = (text: string, what = stops.bought?.what ?? 'item') => set({ bought: text.trim() === '' ? null : { what, name: text } });
  return (
    <section className={css.stops} aria-label={w.stops.title}>
      <h3 className={css.small}>{w.stops.title}</h3>
      <p className={css.quiet}>{w.stops.hint}</p>
      <FieldStack>
        <div className={css.checks}>
          <CheckField label={w.stops.redeemed} checked={stops.redeemed} onChange={(redeemed) => set({ redeemed })} />
          <CheckField label={w.stops.came} checked={stops.came} onChange={(came) => set({ came })} />
          <CheckField label={w.stops.replied} checked={stops.replied} onChange={(replied) => set({ replied })} />
        </div>
        <FieldRow widths="minmax(130px, 0.6fr) minmax(200px, 1.4fr)">
          <SelectField
            label={w.stops.bought}
            value={stops.bought?.what ?? 'item'}
            onChange={(what) => bought(name, what)}
            options={(['item', 'category'] as const).map((value) => ({ value, label: w.stops.boughtWhat[value] }))}
          />
          <TextField label={w.stops.boughtName} value={name} maxLength={120} onChange={(t) => bought(t)} />
        </FieldRow>
        <FieldRow widths="minmax(180px, 1fr) minmax(180px, 1fr)">
          <TextField
            label={w.stops.ends}
            hint={w.stops.endsHint}
            type="date"
            value={stops.endsOn ?? ''}
            onChange={(t) => set({ endsOn: /^\d{4}-\d\d-\d\d$/.test(t) ? (t as ShopDay) : null })}
          />
          <NumberField
            label={w.stops.patience}
            hint={w.stops.patienceHint}
            value={model.patienceDays}
            min={1}
            max={7}
            width={120}
            unit={w.fields.afterUnit(model.patienceDays)}
            onChange={(n) => n !== null && onChange({ patienceDays: Math.min(7, Math.max(1, n)) })}
          />
        </FieldRow>
      </FieldStack>
    </section>
  );
}
