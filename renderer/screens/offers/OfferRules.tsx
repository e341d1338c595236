import { onWeekday } from '@domain/offers/window';
import { TagsInput } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { CheckField, FieldRow, NumberField, SelectField, TextField } from '@renderer/ui';
import { useEffect, useState } from 'react';
import type { Draft } from './draft';
import css from './offers.module.css';
import type { OfferWords } from './words';

/** Names as the till says them, offered while typing. */
function Names(p: { what: 'item' | 'category'; label: string; placeholder: string; value: string[]; onChange: (v: string[]) => void }) {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const t = setTimeout(() => setAsked(typed), 150);
    return () => clearTimeout(t);
  }, [typed]);
  const { data } = useQuery('segments/names', { what: p.what, beginning: asked });
  return (
    <TagsInput
      label={p.label}
      placeholder={p.value.length === 0 ? p.placeholder : ''}
      value={p.value}
      onChange={p.onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[...new Set(data ?? [])]}
      maxTags={40}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/** Days of the week as switches, Monday first. */
function Weekdays({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: number;
  onChange: (v: number) => void;
  error?: string | undefined;
}) {
  const { locale } = useShell();
  const name = (d: number) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 10, 22 + d));
  return (
    <fieldset className={css.week}>
      <legend>{label}</legend>
      <div className="rg-pills">
        {WEEK.map((d) => (
          <button key={d} type="button" aria-pressed={onWeekday(value, d)} onClick={() => onChange(value ^ (1 << d))}>
            {name(d)}
          </button>
        ))}
      </div>
      {error && <p className={css.bad}>{error}</p>}
    </fieldset>
  );
}

interface OfferRulesProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  words: OfferWords;
  bad: (field: string) => string | undefined;
}

/** For what, on which days and hours, for whom and how often. */
export function OfferRules({ draft: d, set, words: w, bad }: OfferRulesProps) {
  const t = w.edit;
  return (
    <>
      <fieldset className={css.group}>
        <legend>{t.things}</legend>
        <div className={css.things}>
          <Names
            what="category"
            label={t.categories}
            placeholder={t.thingsPlaceholder}
            value={d.categories}
            onChange={(categories) => set({ categories })}
          />
          <Names what="item" label={t.items} placeholder={t.thingsPlaceholder} value={d.items} onChange={(items) => set({ items })} />
        </div>
        <p className={css.quiet}>{t.thingsHint}</p>
      </fieldset>
      <Weekdays label={t.weekdays} value={d.weekdays} onChange={(weekdays) => set({ weekdays })} error={bad('weekdays')} />
      <CheckField label={t.hours} checked={d.timed} onChange={(timed) => set({ timed })} />
      {d.timed && (
        <FieldRow widths="160px 160px 1fr">
          <TextField label={t.fromHour} type="time" value={d.fromTime} onChange={(fromTime) => set({ fromTime })} />
          <TextField
            label={t.untilHour}
            type="time"
            value={d.untilTime}
            onChange={(untilTime) => set({ untilTime })}
            error={bad('untilMinute')}
          />
        </FieldRow>
      )}
      <CheckField label={t.membersOnly} hint={t.membersHint} checked={d.membersOnly} onChange={(membersOnly) => set({ membersOnly })} />
      {d.membersOnly && <ClubOf value={d.club} onChange={(club) => set({ club })} words={w} />}
      <FieldRow widths="1fr 1fr">
        {(d.codeMode === 'personal' || d.membersOnly) && (
          <NumberField
            label={d.codeMode === 'shared' ? t.usesEach : t.codeUses}
            value={d.codeUses}
            onChange={(codeUses) => set({ codeUses })}
            min={1}
            max={100}
            width={400}
            error={bad('codeUses')}
          />
        )}
        {d.codeMode === 'shared' && (
          <NumberField
            label={t.mostUses}
            value={d.mostUses}
            onChange={(mostUses) => set({ mostUses })}
            min={1}
            max={1_000_000}
            width={400}
            error={bad('mostUses')}
          />
        )}
      </FieldRow>
    </>
  );
}

/** Members of anything here, or of one club. */
function ClubOf({ value, onChange, words: w }: { value: string | null; onChange: (club: string | null) => void; words: OfferWords }) {
  const clubs = useQuery('kit/topics', { all: true }).data ?? [];
  const t = w.edit;
  return (
    <SelectField
      label={t.club}
      value={value ?? ''}
      onChange={(slug) => onChange(slug === '' ? null : slug)}
      options={[
        { value: '', label: t.clubAny },
        ...clubs.filter((c) => c.active || c.slug === value).map((c) => ({ value: c.slug, label: c.name.en })),
      ]}
    />
  );
}
