import type { ShopDay } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { weekdayWords } from '@renderer/screens/offers/say';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue } from '@renderer/strings/loyalty';
import { FieldRow, MoneyField, NumberField, Panel, SelectField, TextField } from '@renderer/ui';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Draft, gapOf } from './draft';
import css from './loyalty.module.css';

interface Props {
  d: Draft;
  set: (change: Partial<Draft>) => void;
  missing: ReturnType<typeof gapOf>;
}

/** Monday first, as the shop's week goes. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;
const hundredths = (n: number | null, least: number): number => Math.max(least, Math.round((n ?? 1) * 100));

/** What most shops leave as it is: lapsing, better days, categories, tiers, what staff may add. */
export function MoreRules({ d, set, missing }: Props) {
  const f = useWords(catalogue).form;
  const [open, setOpen] = useState(
    d.expiry !== 'never' || d.specialDays.length + d.times.length + d.tiers.length > 0 || missing === 'months',
  );
  if (!open && missing !== 'months') {
    return (
      <div>
        <Button variant="subtle" onClick={() => setOpen(true)}>
          {f.more}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Panel title={f.expiry}>
        <div className={css.fields}>
          <SelectField
            label={f.expiryLabel}
            value={d.expiry}
            onChange={(expiry) => set({ expiry })}
            options={[
              { value: 'never', label: f.never },
              { value: 'earned', label: f.earnedOption },
              { value: 'idle', label: f.idleOption },
            ]}
          />
          {d.expiry !== 'never' && (
            <FieldRow widths="1fr 2fr">
              <NumberField
                label={f.months}
                value={d.months}
                min={1}
                max={60}
                onChange={(months) => set({ months })}
                error={missing === 'months' ? f.bad : undefined}
              />
              <NumberField
                label={f.notice}
                width={360}
                value={d.noticeDays}
                min={0}
                max={90}
                onChange={(n) => set({ noticeDays: n ?? 0 })}
              />
            </FieldRow>
          )}
        </div>
      </Panel>
      <SpecialDays d={d} set={set} />
      {d.kind === 'points' && <Times d={d} set={set} />}
      <Tiers d={d} set={set} />
      <Panel>
        <NumberField
          label={f.staffMost}
          width={420}
          value={d.staffMost}
          min={0}
          max={100_000}
          onChange={(n) => set({ staffMost: n ?? 0 })}
        />
      </Panel>
    </>
  );
}

/** Lines one adds and removes. */
function Lines<T>(p: {
  title: string;
  hint: string;
  add: string;
  remove: string;
  most: number;
  list: readonly T[];
  fresh: () => T;
  onChange: (list: T[]) => void;
  line: (one: T, change: (with_: Partial<T>) => void) => ReactNode;
}) {
  return (
    <Panel
      title={p.title}
      hint={p.hint}
      action={
        p.list.length < p.most && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
            onClick={() => p.onChange([...p.list, p.fresh()])}
          >
            {p.add}
          </Button>
        )
      }
    >
      <div className={css.fields}>
        {p.list.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place
          <div key={i} className={css.line}>
            {p.line(one, (with_) => p.onChange(p.list.map((x, at) => (at === i ? { ...x, ...with_ } : x))))}
            <Button
              variant="subtle"
              color="gray"
              className={css.drop ?? ''}
              aria-label={p.remove}
              onClick={() => p.onChange(p.list.filter((_, at) => at !== i))}
            >
              <IconX size={18} stroke={1.75} aria-hidden />
            </Button>
          </div>
        ))}
      </div>
    </Panel>
  );
}

type PartProps = Pick<Props, 'd' | 'set'>;

function SpecialDays({ d, set }: PartProps) {
  const f = useWords(catalogue).form;
  const { locale } = useShell();
  return (
    <Lines
      title={f.special}
      hint={f.specialHint}
      add={f.addSpecial}
      remove={f.remove}
      most={20}
      list={d.specialDays}
      fresh={() => ({ weekdays: 0b0000100, fromDay: null, untilDay: null, percent: 200 })}
      onChange={(specialDays) => set({ specialDays })}
      line={(one, change) => (
        <>
          <NumberField
            label={f.timesLabel}
            value={one.percent / 100}
            min={1}
            max={10}
            width={90}
            onChange={(n) => change({ percent: hundredths(n, 100) })}
          />
          <fieldset className={css.days}>
            <legend>{f.weekdays}</legend>
            {WEEK.map((day) => {
              const bit = 1 << day;
              const isOn = (one.weekdays & bit) !== 0;
              return (
                <button key={day} type="button" aria-pressed={isOn} onClick={() => change({ weekdays: one.weekdays ^ bit || bit })}>
                  {weekdayWords(bit, locale)}
                </button>
              );
            })}
          </fieldset>
          <TextField
            label={f.from}
            type="date"
            value={one.fromDay ?? ''}
            onChange={(x) => change({ fromDay: (x || null) as ShopDay | null })}
          />
          <TextField
            label={f.until}
            type="date"
            value={one.untilDay ?? ''}
            onChange={(x) => change({ untilDay: (x || null) as ShopDay | null })}
          />
        </>
      )}
    />
  );
}

function Times({ d, set }: PartProps) {
  const f = useWords(catalogue).form;
  return (
    <Lines
      title={f.times}
      hint={f.timesHint}
      add={f.addTimes}
      remove={f.remove}
      most={30}
      list={d.times}
      fresh={() => ({ category: '', percent: 200 })}
      onChange={(times) => set({ times })}
      line={(one, change) => (
        <>
          <div className={css.grow}>
            <TextField label={f.category} value={one.category} onChange={(category) => change({ category })} maxLength={120} />
          </div>
          <NumberField
            label={f.timesLabel}
            value={one.percent / 100}
            min={0}
            max={10}
            width={90}
            onChange={(n) => change({ percent: hundredths(n, 0) })}
          />
        </>
      )}
    />
  );
}

function Tiers({ d, set }: PartProps) {
  const f = useWords(catalogue).form;
  const first = d.tierBy === 'spend' ? 500 * d.unit : 10;
  return (
    <Lines
      title={f.tiers}
      hint={f.tiersHint}
      add={f.addTier}
      remove={f.remove}
      most={5}
      list={d.tiers}
      fresh={() => ({ name: '', nameEs: '', least: d.tiers.length === 0 ? first : (d.tiers.at(-1)?.least ?? first) * 2, percent: 100 })}
      onChange={(tiers) => set({ tiers })}
      line={(one, change) => (
        <>
          {d.tiers[0] === one && (
            <SelectField
              label={f.tierBy}
              value={d.tierBy}
              onChange={(tierBy) => set({ tierBy })}
              options={[
                { value: 'spend', label: f.bySpend },
                { value: 'visits', label: f.byVisits },
              ]}
            />
          )}
          <div className={css.grow}>
            <TextField label={f.tierName} value={one.name} onChange={(name) => change({ name })} maxLength={40} />
          </div>
          <div className={css.grow}>
            <TextField label={f.tierNameEs} value={one.nameEs} onChange={(nameEs) => change({ nameEs })} maxLength={40} />
          </div>
          {d.tierBy === 'spend' ? (
            <MoneyField label={f.tierLeast} cents={one.least} width={120} onChange={(c) => change({ least: c ?? 1 })} />
          ) : (
            <NumberField label={f.tierLeast} value={one.least} min={1} width={90} onChange={(n) => change({ least: n ?? 1 })} />
          )}
          {d.kind === 'points' && (
            <NumberField
              label={f.tierTimes}
              value={one.percent / 100}
              min={1}
              max={10}
              width={120}
              onChange={(n) => change({ percent: hundredths(n, 100) })}
            />
          )}
        </>
      )}
    />
  );
}
