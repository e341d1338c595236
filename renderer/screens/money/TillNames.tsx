import { Button, NativeSelect } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import type { TillCheckWords } from '@renderer/strings/till-check';
import { ErrorNote, Panel, toast } from '@renderer/ui';
import { useState } from 'react';
import type { Say } from '../reports/format';
import css from './till-check.module.css';

type Names = Out<'till-check/names'>;
type Name = Names['names'][number];
type Value = 'undecided' | 'other' | 'text' | `offer:${number}`;
const FEW = 6;

interface Props {
  /** `ask`: those still to be decided; `said`: those that are. */
  part: 'ask' | 'said';
  w: TillCheckWords;
  say: Say;
}

const valueNow = (n: Name): Value =>
  n.meaning === null ? 'undecided' : n.meaning === 'other' ? 'other' : n.offerId === null ? 'text' : `offer:${n.offerId}`;

/** What the till's own names of discounts mean: asked once, remembered, changed at any time. */
export function TillNames({ part, w, say }: Props) {
  const query = useQuery('till-check/names', {});
  const command = useCommand('till-check/say');
  const [all, setAll] = useState(false);
  const mine = query.data?.names.filter((n) => (n.meaning === null) === (part === 'ask')) ?? [];
  if (query.data === undefined || mine.length === 0) return query.error ? <ErrorNote error={query.error} onRetry={query.refetch} /> : null;
  const { offers } = query.data;
  const t = w.names;
  const set = async (n: Name, value: Value) => {
    const said =
      value === 'undecided'
        ? null
        : value === 'other'
          ? ({ meaning: 'other', offerId: null } as const)
          : ({ meaning: 'text', offerId: value === 'text' ? null : (Number(value.slice(6)) as never) } as const);
    if (await command.run({ names: [{ name: n.name, said }] })) toast({ title: t.done, tone: 'good' });
  };
  const suggestedValue = (n: Name): Value => (n.suggestedOfferId === null ? 'text' : `offer:${n.suggestedOfferId}`);
  const shown = all ? mine : mine.slice(0, FEW);
  return (
    <div className={css.noPaper}>
      <Panel title={part === 'ask' ? t.ask : t.title} {...(part === 'ask' ? { hint: t.askHint, tone: 'accent' as const } : {})}>
        <ErrorNote error={command.error} />
        <ul className={css.names}>
          {shown.map((n) => (
            <li key={n.name}>
              <div>
                <div className={css.strong}>{n.name}</div>
                <div className={css.quiet}>
                  {[
                    t.seen(say.n(n.receipts), n.receipts === 1, say.cents(n.discount)),
                    n.suggested && t.suggested[n.suggested],
                    n.known && t.known,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
              </div>
              {part === 'ask' ? (
                <div className={css.buttons}>
                  <Button
                    size="xs"
                    variant={n.suggested ? 'filled' : 'default'}
                    aria-label={`${n.name}: ${t.text}`}
                    disabled={command.busy}
                    onClick={() => void set(n, suggestedValue(n))}
                  >
                    {t.text}
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`${n.name}: ${t.other}`}
                    disabled={command.busy}
                    onClick={() => void set(n, 'other')}
                  >
                    {t.other}
                  </Button>
                </div>
              ) : (
                <div className={css.select}>
                  <NativeSelect
                    aria-label={t.of(n.name)}
                    value={valueNow(n)}
                    data={[
                      { value: 'text', label: t.any },
                      ...offers.map((o) => ({ value: `offer:${o.id}`, label: t.offer(o.name) })),
                      { value: 'other', label: t.other },
                      { value: 'undecided', label: n.known ? t.known : t.forget },
                    ]}
                    onChange={(e) => void set(n, e.currentTarget.value as Value)}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
        {mine.length > shown.length && (
          <div className={css.more}>
            <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
              {t.more(say.n(mine.length - shown.length))}
            </Button>
          </div>
        )}
      </Panel>
    </div>
  );
}
