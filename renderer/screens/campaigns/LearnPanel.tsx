import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { results, sayShows } from '@renderer/strings/results';
import { FieldRow, FieldStack, Note, NumberField, Panel, SelectField } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import css from './campaigns.module.css';
import { partsOf } from './draft-parts';
import type { Fields } from './useDraft';

/** What the owner wants to know afterwards: people left out to compare with, a goal, how long visits count. */
export function LearnPanel({
  fields,
  change,
  people,
}: {
  fields: Fields;
  change: (part: Partial<Fields>) => void;
  /** Who could be texted; null = not known yet. */
  people: number | null;
}) {
  const w = useWords(catalogue);
  // an offer's own last day says how long
  const tied = partsOf(fields).some((p) => p.offerId !== null);
  return (
    <Panel title={w.options.title} hint={w.options.hint}>
      <FieldStack>
        <SelectField
          label={w.options.holdout}
          value={fields.holdout}
          onChange={(holdout) => change({ holdout })}
          options={(['auto', 'half', 'off'] as const).map((value) => ({ value, label: w.options[value] }))}
        />
        <FieldRow>
          <SelectField
            label={w.options.goal}
            value={fields.goal.kind}
            onChange={(kind) => change({ goal: { kind, target: kind === 'none' ? null : fields.goal.target } })}
            options={(['none', 'visits', 'redemptions', 'profit'] as const).map((value) => ({ value, label: w.options.goals[value] }))}
          />
          {fields.goal.kind !== 'none' && (
            <NumberField
              label={w.options.target}
              value={fields.goal.target}
              min={0}
              onChange={(target) => change({ goal: { ...fields.goal, target } })}
            />
          )}
          {!tied && (
            <SelectField
              label={w.options.window}
              value={String(fields.windowDays)}
              onChange={(v) => change({ windowDays: Number(v) })}
              options={[7, 14, 21, 30].map((n) => ({ value: String(n), label: w.options.days(n) }))}
            />
          )}
        </FieldRow>
        {tied && <p className={css.quiet}>{w.options.windowOffer}</p>}
        {people !== null && people > 0 && <ListShows people={people} holdout={fields.holdout} />}
      </FieldStack>
    </Panel>
  );
}

/** What can this list show? Said before sending, in the words of the results. */
function ListShows({ people, holdout }: { people: number; holdout: Fields['holdout'] }) {
  const w = useWords(results);
  const { locale } = useShell();
  const shows = useQuery('tests/shows', { people, holdout }).data;
  if (!shows) return null;
  return <Note>{sayShows(shows, w, { n: (n) => count(n, locale) }).join(' ')}</Note>;
}
