import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { wordsTests } from '@renderer/strings/words-tests';
import { CheckField, FieldRow, NumberField } from '@renderer/ui/Fields';
import { Panel } from '@renderer/ui/Screen';
import { ErrorNote } from '@renderer/ui/States';
import { useState } from 'react';
import { fromClock, toClock } from './places';
import { SaveBar } from './SaveBar';
import { StateHours } from './StateHours';
import css from './settings.module.css';
import { type SettingsData, useDraft } from './useSettings';

type Span = SettingsData['courtesy']['window']['weekdays'];
/** rules.md §3: the owner may widen the courtesy window to 09:00–20:00, never beyond. */
const EARLIEST = 9 * 60;
const LATEST = 20 * 60;
const spanOk = (s: Span) => s.from >= EARLIEST && s.to <= LATEST && s.to > s.from;

/** How often and when. */
export function CourtesySection({ courtesy }: { courtesy: SettingsData['courtesy'] }) {
  const w = useWords(words).courtesy;
  const title = useWords(words).sections.courtesy;
  const { draft, change, dirty } = useDraft(courtesy);
  const save = useCommand('settings/save-courtesy');
  const [saves, setSaves] = useState(0);
  const ok = spanOk(draft.window.weekdays) && spanOk(draft.window.sunday);
  const span = (key: 'weekdays' | 'sunday') => (
    <SpanFields label={w[key]} span={draft.window[key]} onChange={(s) => change({ window: { ...draft.window, [key]: s } })} words={w} />
  );
  return (
    <>
      <Panel title={title} hint={w.hint}>
        <FieldRow widths="repeat(2, minmax(0, 240px))">
          <NumberField
            label={w.promise}
            unit={w.promiseUnit}
            value={draft.promisePerMonth}
            min={1}
            max={30}
            width={240}
            onChange={(n) => n !== null && change({ promisePerMonth: n })}
          />
          <NumberField
            label={w.spacing}
            hint={w.spacingHint}
            unit={w.spacingUnit}
            value={draft.spacingDays}
            min={1}
            max={60}
            width={240}
            onChange={(n) => n !== null && change({ spacingDays: n })}
          />
        </FieldRow>
      </Panel>
      <Panel title={w.window} hint={w.windowHint}>
        <div className={css.fields}>
          {span('weekdays')}
          {span('sunday')}
        </div>
      </Panel>
      <StateHours />
      <ErrorNote error={save.error} />
      <SaveBar
        dirty={dirty && ok}
        busy={save.busy}
        saves={saves}
        onSave={async () => {
          if (ok && (await save.run(draft))) setSaves((n) => n + 1);
        }}
      />
    </>
  );
}

function SpanFields(props: {
  label: string;
  span: Span;
  onChange: (s: Span) => void;
  words: { from: string; to: string; windowWrong: string };
}) {
  const { span, words: w } = props;
  const ok = spanOk(span);
  return (
    <fieldset className={css.span}>
      <legend>{props.label}</legend>
      <div className={css.times}>
        <input
          type="time"
          className={css.time}
          aria-label={`${props.label}, ${w.from}`}
          aria-invalid={!ok || undefined}
          value={toClock(span.from)}
          onChange={(e) => props.onChange({ ...span, from: fromClock(e.currentTarget.value) ?? span.from })}
        />
        <span>–</span>
        <input
          type="time"
          className={css.time}
          aria-label={`${props.label}, ${w.to}`}
          aria-invalid={!ok || undefined}
          value={toClock(span.to)}
          onChange={(e) => props.onChange({ ...span, to: fromClock(e.currentTarget.value) ?? span.to })}
        />
        {!ok && <span className={css.bad}>{w.windowWrong}</span>}
      </div>
    </fieldset>
  );
}

/** The one number that turns takings into profit. */
export function MoneySection({ money }: { money: SettingsData['money'] }) {
  const w = useWords(words).money;
  const quarter = useWords(wordsTests).quarter;
  const title = useWords(words).sections.money;
  const { draft, change, dirty } = useDraft(money);
  const save = useCommand('settings/save-money');
  const [saves, setSaves] = useState(0);
  return (
    <>
      <Panel title={title} hint={w.hint}>
        <NumberField
          label={w.margin}
          hint={w.marginHint}
          unit={w.unit}
          value={draft.marginPercent}
          min={0}
          max={100}
          width={420}
          onChange={(marginPercent) => change({ marginPercent })}
        />
        <Button size="xs" variant="subtle" onClick={() => go({ screen: 'margins' })}>
          {w.byCategory}
        </Button>
      </Panel>
      <Panel>
        <CheckField
          label={quarter.setting}
          hint={quarter.settingHint}
          checked={draft.quarterHoldout}
          onChange={(quarterHoldout) => change({ quarterHoldout })}
        />
      </Panel>
      <ErrorNote error={save.error} />
      <SaveBar
        dirty={dirty}
        busy={save.busy}
        saves={saves}
        onSave={async () => {
          if (await save.run(draft)) setSaves((n) => n + 1);
        }}
      />
    </>
  );
}
